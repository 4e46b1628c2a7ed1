"""Slips and counter-entries find the movements they made, and a slip all of which went back no longer holds its number.

The new index is built beside the old constraint and takes over its name at once, so that a number is never free in between.
Every statement may be run again.
"""

from django.db import migrations, models

# Both were written in the order of their keys, with the day locked: of several that are alike the n-th made the n-th.
SLIPS = """
WITH slips AS (
    SELECT s.id, s.day_id, s.amount, s.at, s.fetched,
        row_number() OVER (PARTITION BY s.day_id, s.amount, s.at, s.fetched ORDER BY s.id) AS nth
    FROM money_bankslip s
), moved AS (
    SELECT t.id, t.case_id, t.amount, t.happened_at, t.target LIKE 'safe:%' AS fetched,
        row_number() OVER (PARTITION BY t.case_id, t.amount, t.happened_at, t.target LIKE 'safe:%' ORDER BY t.id) AS nth
    FROM money_transfer t
    WHERE t.case_id IN (SELECT day_id FROM money_bankslip)
        AND (t.source LIKE 'safe:%' AND t.target LIKE 'bank:%' OR t.source LIKE 'bank:%' AND t.target LIKE 'safe:%')
)
UPDATE money_bankslip b SET transfer_id = m.id
FROM slips s JOIN moved m ON (m.case_id, m.amount, m.happened_at, m.fetched, m.nth) = (s.day_id, s.amount, s.at, s.fetched, s.nth)
WHERE b.id = s.id AND b.transfer_id IS NULL
"""
ENTRIES = """
WITH entries AS (
    SELECT e.id, e.day_id, e.source, e.target, e.amount, e.decided_at,
        row_number() OVER (PARTITION BY e.day_id, e.source, e.target, e.amount, e.decided_at ORDER BY e.id) AS nth
    FROM money_counterentry e WHERE e.state = 'posted'
), moved AS (
    SELECT t.id, t.case_id, t.source, t.target, t.amount, t.happened_at,
        row_number() OVER (PARTITION BY t.case_id, t.source, t.target, t.amount, t.happened_at ORDER BY t.id) AS nth
    FROM money_transfer t
    WHERE t.case_id IN (SELECT day_id FROM money_counterentry)
        AND NOT EXISTS (SELECT FROM money_bankslip b WHERE b.transfer_id = t.id)
)
UPDATE money_counterentry c SET posted_id = m.id
FROM entries e JOIN moved m ON (m.case_id, m.source, m.target, m.amount, m.happened_at, m.nth)
    = (e.day_id, e.source, e.target, e.amount, e.decided_at, e.nth)
WHERE c.id = e.id AND c.posted_id IS NULL
"""
# One whose counter-entry was taken back again is left: somebody has to look which of them holds.
FREED = """
UPDATE money_bankslip b SET taken_back = true FROM money_transfer t
WHERE t.id = b.transfer_id AND NOT b.taken_back
    AND t.amount = (SELECT sum(e.amount) FROM money_counterentry e WHERE e.reverses_id = t.id AND e.state = 'posted')
    AND NOT EXISTS (
        SELECT FROM money_counterentry e JOIN money_counterentry f ON f.reverses_id = e.posted_id AND f.state = 'posted'
        WHERE e.reverses_id = t.id AND e.state = 'posted'
    )
"""
UNFINISHED = "DROP INDEX CONCURRENTLY IF EXISTS bank_slip_counts_once"
BESIDE = "CREATE UNIQUE INDEX CONCURRENTLY bank_slip_counts_once ON money_bankslip (office_id, number) WHERE NOT taken_back"
INSTEAD = """
ALTER TABLE money_bankslip DROP CONSTRAINT IF EXISTS bank_slip_once;
DROP INDEX IF EXISTS bank_slip_once;
ALTER INDEX bank_slip_counts_once RENAME TO bank_slip_once;
"""
NOTHING = migrations.RunSQL.noop


class Migration(migrations.Migration):
    atomic = False
    dependencies = (("money", "0016_bank_slip_taken_back"),)
    operations = (
        migrations.RunSQL(SLIPS, NOTHING),
        migrations.RunSQL(ENTRIES, NOTHING),
        migrations.RunSQL(FREED, NOTHING),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(UNFINISHED, NOTHING),
                migrations.RunSQL(BESIDE, NOTHING),
                migrations.RunSQL(INSTEAD, NOTHING),
            ],
            state_operations=[
                migrations.RemoveConstraint("bankslip", "bank_slip_once"),
                migrations.AddConstraint(
                    "bankslip",
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back", False)), fields=("office", "number"), name="bank_slip_once"
                    ),
                ),
            ],
        ),
    )
