"""Rules that need more than Jinja does well: they ask what the SQL of models says.

What such a rule is (severity, options, its page) stands in ``validators/`` with all others, under scope ``sql``;
what it finds is worked out here and handed to the same dbt macros, which configure, judge and count it.
"""
