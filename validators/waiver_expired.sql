{#-
A waiver has expired: its finding is waived no longer.

Somebody promised to have it mended by that day. A waiver that lived on by itself would be a rule switched off for good.

Best practice: mend what the waiver names and take it away; or agree on a new day, and say why.

Example: `{rule: column_type, node: stg_orders, reason: …, owner: finance, expires: 2026-01-31}` in `vars: dbee: waivers`,
on the first of February. It holds through the day that it names.
-#}
{% macro dbee_about__waiver_expired() %}
    {{ return({'severity': 'error', 'scope': 'waivers', 'facets': [], 'options': {}}) }}
{% endmacro %}


{% macro dbee_rule__waiver_expired(subject, options) %}
    {%- set waiver = subject.waiver -%}
    {%- if not waiver.expired -%}{{ return([]) }}{%- endif -%}
    {{ return([{
        'actual': 'the waiver of ' ~ waiver.rule ~ ' (' ~ waiver.reason ~ '; ' ~ waiver.owner ~ ') expired on ' ~ waiver.expires,
        'fix': 'Mend what it names and take it out of ' ~ waiver.place ~ '; or agree with ' ~ waiver.owner ~ ' on a new day.',
    }]) }}
{% endmacro %}
