// My jobs this month: how many, minutes at homes, what was collected; and the same for each day.
import { useEffect, useState } from "preact/hooks";
import { call } from "../api";
import { Commission } from "./commission";
import { Empty, Failed } from "../parts/bits";
import { yuan } from "../money";
import { useNow } from "../store";
import { dayOf, dayTitle, duration } from "../time";
import { useWords } from "../words";

interface Sums {
  jobs: number;
  minutes: number;
  collected: string;
  /** Visits nobody ended: their time is not in the minutes. */
  unended?: number;
}

interface Month extends Sums {
  month: string;
  days: (Sums & { day: string })[];
}

/** The month before or after one written 2026-11. */
export function monthBy(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const at = new Date(Date.UTC(year, number - 1 + by, 1));
  return at.toISOString().slice(0, 7);
}

export function MonthView() {
  const { w, lang } = useWords();
  const here = dayOf(useNow(60)).slice(0, 7);
  const [month, setMonth] = useState(here);
  const [found, setFound] = useState<Month | null>(null);
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    setFound(null);
    call<Month>(`/my/month?month=${month}`).then(setFound, () => setFailed(true));
  };
  useEffect(load, [month]);
  return (
    <main class="list">
      <header class="head">
        <p class="quiet month-pager">
          <button class="plain" aria-label={w.monthBefore} onClick={() => setMonth(monthBy(month, -1))}>‹</button>
          <span class="num">{w.monthOf(Number(month.slice(0, 4)), Number(month.slice(5)))}</span>
          {month < here && <button class="plain" aria-label={w.monthAfter} onClick={() => setMonth(monthBy(month, 1))}>›</button>}
        </p>
        <h1>{found ? w.jobsDone(found.jobs) : w.month}</h1>
        {found && <p>{w.atHomes(duration(found.minutes, lang))}{found.unended ? ` · ${w.notEnded(found.unended)}` : ""}{Number(found.collected) > 0 && ` · ${w.collectedSum(yuan(found.collected))}`}</p>}
      </header>
      {failed && <Failed again={load} />}
      {found?.days.length === 0 && <Empty title={w.monthEmpty} hint={w.monthEmptyHint} />}
      <section class="group">
        {found?.days.map((each) => (
          <div class="row plain-row" key={each.day}>
            <span class="row-top"><b>{dayTitle(new Date(`${each.day}T12:00:00+08:00`), lang)}</b>{Number(each.collected) > 0 && <b class="num">{yuan(each.collected)}</b>}</span>
            <span class="quiet">{w.jobsDone(each.jobs)} · {duration(each.minutes, lang)}{each.unended ? ` · ${w.notEnded(each.unended)}` : ""}</span>
          </div>
        ))}
      </section>
      <Commission month={month} />
    </main>
  );
}
