// My commission of a month: the sum, what it is made of, and a question about any line of it.
import { useEffect, useState } from "preact/hooks";
import { call, Refusal } from "../api";
import { freshKey } from "../queue";
import { yuan } from "../money";
import { RefusalNote, Sheet } from "../parts/bits";
import type { Problem } from "../types";
import { useWords } from "../words";

interface Query {
  status: string;
  question: string;
  answer: string;
}

interface Line {
  settlement: string;
  order: string;
  office: string;
  labour: string;
  amount: string;
  refunded: string;
  taken_back: boolean;
  query: Query | null;
}

interface Found {
  total: string;
  lines: Line[];
}

export function Commission({ month }: { month: string }) {
  const { w } = useWords();
  const [found, setFound] = useState<Found | null>(null);
  const [asking, setAsking] = useState<Line | null>(null);
  const load = () => {
    setFound(null);
    call<Found>(`/my/commission?month=${month}`).then(setFound, () => setFound(null));
  };
  useEffect(load, [month]);
  if (!found || found.lines.length === 0) return null;
  return (
    <section class="group">
      <h2>{w.commission(yuan(found.total))}</h2>
      {found.lines.map((each) => (
        <div class="row plain-row" key={`${each.settlement}${each.taken_back}`}>
          <span class="row-top"><b class="num">{each.order}</b><b class="num">{yuan(each.amount)}</b></span>
          <span class="quiet">{w.labourOf(yuan(each.labour))}</span>
          {Number(each.refunded) > 0 && <span class="quiet">{each.taken_back ? w.takenBack(yuan(each.refunded)) : w.givenBack(yuan(each.refunded))}</span>}
          {each.query && <span class="quiet">{each.query.question} → {each.query.answer || w.notAnswered}</span>}
          {!each.taken_back && each.query?.status !== "asked" && <button class="plain" onClick={() => setAsking(each)}>{w.askAboutLine}</button>}
        </div>
      ))}
      {asking && <Ask line={asking} close={() => setAsking(null)} done={() => (setAsking(null), load())} />}
    </section>
  );
}

function Ask({ line, close, done }: { line: Line; close: () => void; done: () => void }) {
  const { w } = useWords();
  const [question, setQuestion] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [key] = useState(freshKey);
  const send = async () => {
    const body = { office: line.office, settlement: line.settlement, question };
    try {
      await call("/commission-queries", { method: "POST", body, key });
      done();
    } catch (error) {
      setProblem(error instanceof Refusal ? error.problem : { status: 0, clause: null, why: w.noNetwork, why_zh: w.noNetwork, errors: [] });
    }
  };
  return (
    <Sheet title={w.askAboutLine} close={close}>
      <p class="num">{line.order} {yuan(line.amount)}</p>
      <textarea aria-label={w.askAboutLine} rows={3} maxLength={300} value={question} onInput={(event) => setQuestion(event.currentTarget.value)} />
      {problem && <RefusalNote verb={w.askAboutLine} problem={problem} />}
      <button class="button primary" disabled={!question.trim()} onClick={() => void send()}>{w.send}</button>
    </Sheet>
  );
}
