// Line drawings, 24 by 24.
const PATHS = {
  jobs: "M4 6h16M4 12h16M4 18h10",
  cash: "M3 7h18v11H3zM3 11h18M7 15h3",
  messages: "M4 5h16v11H9l-5 4z",
  me: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-6 8-6s7 2 8 6",
  back: "M15 5l-7 7 7 7",
  phone: "M6 3h4l2 5-2.5 1.5a11 11 0 0 0 5 5L16 12l5 2v4c0 1.5-1.5 3-3 3C10 21 3 14 3 6c0-1.5 1.5-3 3-3z",
  camera: "M4 8h4l2-3h4l2 3h4v11H4zM12 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
  material: "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
  prices: "M6 4l6 8 6-8M12 12v8M7.5 13h9M7.5 16.5h9",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9l6 6 6-6",
  up: "M6 15l6-6 6 6",
  check: "M5 12.5l4.5 4.5L19 7.5",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
