"""Which payments wait for a statement, told anew from what is on record (MR-23).

A charge keeps who awaits it, so that lists need not look through all there ever were; what was kept wrongly would be on no list.
"""

from django.db import connection, transaction

from menling.premises.statements import rows_of

# As somebody else's step may be at work on one of them, it is left to the next time.
MISLAID = """
SELECT h.case_id, c.number, m.office_id FROM money_charge h JOIN journal_case c ON c.id = h.case_id CROSS JOIN LATERAL (
    SELECT CASE WHEN h.method = 'qr' AND h.collected > 0 AND c.status IN ('collected', 'disputed')
        AND NOT EXISTS (SELECT FROM money_statementline l WHERE l.charge_id = h.case_id) THEN c.office_id END AS office_id
) m
WHERE h.awaited_by_id IS DISTINCT FROM m.office_id AND (h.method = 'qr' OR h.awaited_by_id IS NOT NULL)
ORDER BY h.case_id
"""
TAKEN_UP = f"{MISLAID} FOR NO KEY UPDATE OF h SKIP LOCKED"
PUT_BACK = "UPDATE money_charge SET awaited_by_id = %s WHERE case_id = %s"


def mislaid() -> list[str]:
    """Return the numbers of the charges that are on the list of payments on no statement and should not be, or the other way."""
    return [number for _key, number, _office in rows_of(MISLAID, {})]


def put_back() -> list[str]:
    """Set right what `mislaid` tells and return the numbers. Twice is the same as once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TAKEN_UP)
        found = cursor.fetchall()
        cursor.executemany(PUT_BACK, [(office, key) for key, _number, office in found])
    return [number for _key, number, _office in found]
