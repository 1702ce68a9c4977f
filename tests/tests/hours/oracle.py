"""Says whether a schedule is open, and when that changes: slowly, and plainly enough to be believed.

    oracle.py ZONES < questions.jsonl > answers.jsonl

Each minute of some months is one byte of a long string, 1 if the channel is open. Every date writes its hours into it.
A date is the midnight that it begins with, without a zone. ZONES is a folder of time zone files, as /usr/share/zoneinfo is.
"""

import functools
import json
import sys
import zoneinfo
from datetime import datetime, timedelta, timezone

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
UTC = timezone.utc
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(zone, local):
    """When clocks show a local time.

    With fold=0 Python takes the first of two, and, of a time that is jumped over, the clock that is not changed yet (PEP 495).
    It is not believed unseen: where the list of changes in a file ends it errs by an hour (Nuuk, 28 October 2023, 23:30).
    """
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    errs = reading(zone, first) != local and reading(zone, second) == local
    return second if errs else first


def reading(zone, at):
    """What clocks show."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def offset(zone, at):
    return at.astimezone(zone).utcoffset()


@functools.lru_cache(None)
def zone_of(name):
    """The zone, after a look at each change of its clocks: whether instant() is the rule that Guichet states."""
    zone = zoneinfo.ZoneInfo(name)
    at = datetime(2000, 1, 1, tzinfo=UTC)
    while at.year < 2038:
        if offset(zone, at) != offset(zone, at + DAY):
            watch(zone, at)
        at += DAY
    return zone


def watch(zone, day):
    """Looks at clocks minute by minute, some hours before and after they are changed on a day."""
    change = day
    while offset(zone, change) == offset(zone, day):
        change += MINUTE
    around = abs(offset(zone, change) - offset(zone, day)) + HOUR
    at = change - around
    shown = reading(zone, at)
    first = {shown: at}
    while at < change + around:
        at, before = at + MINUTE, at
        shown, unchanged = reading(zone, at), shown
        # What it would have shown by and by, had it not been set forward.
        while unchanged + MINUTE < shown:
            unchanged, before = unchanged + MINUTE, before + MINUTE
            first.setdefault(unchanged, before)
        first.setdefault(shown, at)
    for local, at in first.items():
        assert instant(zone, local) == at, (zone, local, at)


@functools.lru_cache(None)
def has(zone, date):
    """Whether clocks ever show a date."""
    noon = date.replace(tzinfo=UTC) + 12 * HOUR
    return any(reading(zone, noon + h * HOUR).date() == date.date() for h in [0, *range(-36, 37)])


def special_of(hours, date):
    """What is set for a date, or None if it is like the week."""
    for year in (date.year, None):
        for exception in hours["exceptions"]:
            wanted = exception["date"]
            if (wanted["year"], wanted["month"], wanted["day"]) == (year, date.month, date.day):
                return exception["open"]
    return None


def mark(hours, first, days):
    """One byte for each minute of so many days from `first` (UTC) on, but for the first two and the last four."""
    zone = zone_of(hours["zone"])
    minutes = bytearray(days * 1440)
    for number in range(2, days - 4):
        date = first + number * DAY
        if not has(zone, date):
            continue
        spans = special_of(hours, date)
        is_special = spans is not None
        if not is_special:
            spans = [span for span in hours["week"] if span["day"] == date.weekday()]
        for span in spans:
            is_overnight = span["end"] <= span["start"]
            opens = instant(zone, date + span["start"] * MINUTE)
            closes = instant(zone, date + span["end"] * MINUTE + is_overnight * DAY)
            if is_overnight and not is_special:
                following = date + DAY
                while not has(zone, following):
                    following += DAY
                if special_of(hours, following) == []:
                    closes = min(closes, instant(zone, following))
            a, b = ((at - first.replace(tzinfo=UTC)) // MINUTE for at in (opens, closes))
            if a < b:
                minutes[a:b] = b"\1" * (b - a)
    return minutes


def answers(question, days):
    """What is to be said of each moment, as far as these many days tell."""
    asked = [EPOCH + timedelta(milliseconds=at) for at in question["asked"]]
    first = datetime(asked[0].year, asked[0].month, asked[0].day) - 6 * DAY
    begin = first.replace(tzinfo=UTC)
    minutes = mark(question["hours"], first, days)
    found = []
    for at in asked:
        minute = (at - begin) // MINUTE
        is_open = minutes[minute] == 1
        change = minutes.find(b"\0" if is_open else b"\1", minute + 1)
        answer = {"open": is_open, "change": None, "offset": None}
        if 0 <= change < (days - 8) * 1440:
            moment = begin + change * MINUTE
            answer["change"] = (moment - EPOCH) // MINUTE * 60_000
            answer["offset"] = offset(reader_of(question), moment) // timedelta(seconds=1)
        found.append(answer)
    return found


def reader_of(question):
    try:
        return zone_of(question["reader"] or question["hours"]["zone"])
    except zoneinfo.ZoneInfoNotFoundError:
        return zone_of(question["hours"]["zone"])


def main():
    zoneinfo.reset_tzpath([sys.argv[1]])
    for line in sys.stdin:
        question = json.loads(line)
        told = answers(question, 60)
        if any(answer["change"] is None for answer in told):
            told = answers(question, 450)
        print(json.dumps(told))


main()
