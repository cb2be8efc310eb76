"""Lines written before there was a chain get their seals; the next round joins them to it."""

from django.db import migrations

SEAL = """
    INSERT INTO portal_auditseal (entry_id, content, chain)
    SELECT entry.id, encode(sha256(convert_to(jsonb_build_array(
        entry.id, extract(epoch FROM entry.at), entry.actor_id, entry.action, entry.about_type_id,
        entry.about_id, entry.about_text, entry.summary, entry.changes, entry.ip, entry.request_id
    )::text, 'UTF8')), 'hex'), ''
    FROM portal_auditentry entry
    ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0010_audit_chain")]

    operations = [migrations.RunSQL(SEAL, migrations.RunSQL.noop)]
