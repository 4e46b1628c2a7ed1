// Reminders of the moment: one card, one tap; each line opens to its full wording.
import { useState } from "preact/hooks";
import type { Prompt, PromptLine } from "../types";
import { useWords } from "../words";
import { Icon } from "./icons";

/** The lines of a card by their titles; a card of few lines stands open unless it is `brief`, above a form to fill in. */
export function Reminders({ prompt, brief }: { prompt: Prompt; brief?: boolean }) {
  const [open, setOpen] = useState("");
  const long = !brief && prompt.lines.length <= 3;
  return (
    <ul class="reminders">
      {prompt.lines.map((line) => (
        <ReminderLine key={line.clause} line={line} open={long || open === line.clause}
          toggle={() => setOpen(open === line.clause ? "" : line.clause)} />
      ))}
    </ul>
  );
}

/** What the office has chosen about these reminders, each sentence once. */
function Chosen({ prompt }: { prompt: Prompt }) {
  const said = [...new Set(prompt.lines.flatMap((line) => line.chosen))];
  return said.length > 0 ? <ul class="chosen-list">{said.map((each) => <li key={each}>{each}</li>)}</ul> : null;
}

function ReminderLine({ line, open, toggle }: { line: PromptLine; open: boolean; toggle: () => void }) {
  const { lang } = useWords();
  const text = lang === "en" ? line.text_en : line.text;
  const title = (lang === "en" ? line.title_en : line.title) ?? text;
  return (
    <li class={open ? "open" : ""}>
      <span role="button" tabIndex={0} aria-expanded={open} onClick={toggle} onKeyDown={(event) => event.key === "Enter" && toggle()}>{title}</span>
      {open && title !== text && <p>{text}</p>}
      {open && line.chosen.map((each) => <p key={each} class="chosen">{each}</p>)}
    </li>
  );
}

/**
 * The card of the moment: the few that matter now stand open, the rest unfolds; one tap ticks it all. What was ticked without
 * unfolding it is on record as such.
 */
export function PromptCard({ prompt, tick }: { prompt: Prompt; tick: (opened: boolean) => void }) {
  const { w, lang } = useWords();
  const [open, setOpen] = useState(false);
  const [opened, setOpened] = useState(false);
  const few = prompt.lines.filter((line) => line.foremost);
  const rest = prompt.lines.length - few.length;
  return (
    <section class="card prompts">
      <div class="prompts-line">
        <button class="plain" aria-expanded={open} onClick={() => (setOpen(!open), setOpened(true))}>
          <b>{prompt.title}</b> {rest > 0 && <span class="quiet">{few.length > 0 ? w.moreReminders(rest) : w.reminders(rest)}</span>} <Icon name={open ? "up" : "down"} />
          {!open && few.length > 0 && <span class="few">{few.map((line) => (lang === "en" ? line.title_en : line.title) ?? line.text).join(" · ")}</span>}
        </button>
        <button class="button tick" onClick={() => tick(opened || rest === 0)}><Icon name="check" /> {w.allDoneGroup}</button>
      </div>
      {open && <><Reminders prompt={prompt} /><Chosen prompt={prompt} /></>}
    </section>
  );
}

/**
 * The card of this moment, until it is ticked. The server lists the cards in the order of the visit: those behind the first
 * wait for their own moment; cards of situations open only when chosen.
 */
export function cardOf(prompts: Prompt[]): Prompt | undefined {
  const first = prompts.find((each) => each.screen === "visit" && !each.situation && each.lines.length > 0);
  return first?.ticked ? undefined : first;
}
