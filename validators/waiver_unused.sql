{#-
A waiver names no finding.

What it waived was mended, renamed or dropped, or there is a typing error in it. Left where it is, it would hide the next
finding of this name. A waiver of the whole project is reported only where everything is checked, since a selection says
nothing of the rest. One that has expired is reported by waiver_expired alone.

Best practice: take it away, or correct the names in it.
-#}
{% macro dbee_about__waiver_unused() %}
    {{ return({'severity': 'warn', 'scope': 'waivers', 'facets': [], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__waiver_unused(subject, options) %}
    {%- set waiver = subject.waiver -%}
    {%- if subject.used or waiver.expired -%}{{ return([]) }}{%- endif -%}
    {{ return([{
        'actual': 'the waiver of ' ~ waiver.rule ~ ' (' ~ waiver.reason ~ '; ' ~ waiver.owner ~ ') names no finding',
        'fix': 'Take it out of ' ~ waiver.place ~ '; or correct the names in it.',
    }]) }}
{% endmacro %}
