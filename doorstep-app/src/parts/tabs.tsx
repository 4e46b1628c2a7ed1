// The four places of the app, within the thumb's reach.
import { unread } from "../screens/messages";
import { useStore } from "../store";
import { useWords } from "../words";
import { Icon } from "./icons";
import { placeOf } from "../flow";

const PLACES = ["jobs", "cash", "messages", "me"] as const;

export function Tabs({ here }: { here: string }) {
  const { w } = useWords();
  const { day } = useStore();
  const counts: Record<string, number> = {
    jobs: day?.orders.filter((each) => placeOf(each) === "unseen").length ?? 0,
    messages: unread(day?.messages ?? []),
  };
  return (
    <nav class="tabs">
      {PLACES.map((place) => (
        <a key={place} href={`#/${place}`} aria-current={place === here ? "page" : undefined}>
          <Icon name={place} />
          <span>{w[place]}</span>
          {(counts[place] ?? 0) > 0 && <b class="count">{counts[place]}</b>}
        </a>
      ))}
    </nav>
  );
}
