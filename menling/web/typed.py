"""Times as clerks type them: 14:30, 1430, 明天 9:00, 下午3点半, 周一 10:00, 11-23 14:30, +20."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from menling.premises import names

DAYS = {
    "今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1, "明": 1, "tomorrow": 1, "后天": 2, "后日": 2,
    "昨天": -1, "昨日": -1, "昨": -1, "yesterday": -1, "前天": -2,
}  # fmt: skip
WEEKDAYS = "一二三四五六日"
ENGLISH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AFTERNOON = ("下午", "晚上", "晚", "pm")
MORNING = ("上午", "早上", "凌晨", "早", "am")
HOURS = re.compile(r"(?P<h>\d{1,2})(?:[:点时](?P<m>\d{1,2}|半)?)分?$|(?P<hm>\d{3,4})$")
FULL_DATE = re.compile(r"(?:(?P<y>\d{4})[-/.年])?(?P<mo>\d{1,2})[-/.月](?P<d>\d{1,2})[日号]?")
HALF_A_YEAR = timedelta(days=183)


def read_instant(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the instant somebody typed, in the office's time zone; None for nothing typed.

    Errors: ValueError for what is no time.
    """
    plain = (
        names.folded(text).lower().replace("t", " ")
        if re.match(r"\d{4}-\d\d-\d\dt", text.lower())
        else names.folded(text).lower()
    )
    if not plain:
        return None
    if plain.startswith("+") and plain[1:].isdigit():
        return now + timedelta(minutes=int(plain[1:]))
    today = now.astimezone(zone).date()
    on, rest = _day(plain, today)
    return datetime.combine(on, _clock(rest.strip()), zone)


def _day(plain: str, today: date) -> tuple[date, str]:
    for word in sorted(DAYS, key=len, reverse=True):
        if plain.startswith(word):
            return today + timedelta(days=DAYS[word]), plain[len(word) :]
    named = re.match(rf"(?:周|星期|礼拜)([{WEEKDAYS}天])|({'|'.join(ENGLISH_WEEKDAYS)})[a-z]*", plain)
    if named:
        at = WEEKDAYS.index(named[1].replace("天", "日")) if named[1] else ENGLISH_WEEKDAYS.index(named[2])
        return today + timedelta(days=(at - today.weekday()) % 7), plain[named.end() :]
    dated = FULL_DATE.match(plain)
    if dated:
        return _date(dated, today), plain[dated.end() :]
    return today, plain


def _date(dated: re.Match[str], today: date) -> date:
    year = int(dated["y"] or today.year)
    on = date(year, int(dated["mo"]), int(dated["d"]))
    if dated["y"] is None and today - on > HALF_A_YEAR:
        return on.replace(year=year + 1)
    return on


def _clock(text: str) -> time:
    half = next((12 for word in AFTERNOON if word in text), 0)
    for word in (*AFTERNOON, *MORNING):
        text = text.replace(word, "")
    read = HOURS.match(text.strip())
    if read is None:
        raise ValueError(text)
    if read["hm"]:
        hour, minute = int(read["hm"][:-2]), int(read["hm"][-2:])
    else:
        hour, minute = int(read["h"]), 30 if read["m"] == "半" else int(read["m"] or 0)
    return time(hour + half if half and hour < 12 else hour, minute)
