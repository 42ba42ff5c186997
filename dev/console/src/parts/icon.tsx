const PATHS = {
  now: 'M2.5 10.5h3.2l2-5.5 3.6 10 2.2-4.5h4',
  notifications: 'M5 13.5h10l-1.4-2V8.6a3.6 3.6 0 0 0-7.2 0v2.9zM8.6 16.2a1.5 1.5 0 0 0 2.8 0',
  people:
    'M7.5 9.2a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM2.8 16c.3-2.8 2-4.4 4.7-4.4s4.4 1.6 4.7 4.4M13 4.4a2.4 2.4 0 0 1 0 4.5M14.4 11.9c1.7.5 2.7 1.9 2.9 4.1',
  write: 'M4 16l.8-3.4L13 4.4a1.6 1.6 0 0 1 2.3 0l.3.3a1.6 1.6 0 0 1 0 2.3l-8.2 8.2z',
  parked: 'M4 4h12v12H4zM8.2 13V7h2.2a1.9 1.9 0 0 1 0 3.8H8.2',
  hooks:
    'M8.5 11.5a3 3 0 0 0 4.3.2l2.6-2.6a3 3 0 0 0-4.2-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3-.2l-2.6 2.6a3 3 0 0 0 4.2 4.3l1-1',
  topics: 'M7.5 3.5l-1.2 13M13.2 3.5l-1.2 13M3.5 7.5h13.4M3 12.5h13.4',
  settings:
    'M3 6h8m4.5 0H17M3 14h2.500m4 0H17M13.200 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM7.500 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  audit: 'M5 3.500h7l3 3v10H5zM8 9.500h4.500M8 12.500h4.500',
  search: 'M9 14.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11zM13 13l4 4',
  close: 'M5 5l10 10M15 5L5 15',
  check: 'M4 10.500l4 4 8-9',
  warning: 'M10 3.500L17.500 16h-15zM10 8.500v3.500M10 14v.200',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4l2.700 1.800',
  pause: 'M7.500 5v10M12.500 5v10',
  stop: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM5.200 5.200l9.600 9.600',
  undo: 'M4 8h8a4 4 0 0 1 0 8H8M7 5L4 8l3 3',
  redo: 'M15.500 8.500A6 6 0 1 0 16 11M16 4v4.500h-4.500',
  menu: 'M3 6h14M3 10h14M3 14h14',
  plus: 'M10 4v12M4 10h12',
  arrow: 'M8 5l5 5-5 5',
  question:
    'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM8 8.200a2 2 0 1 1 2.700 1.900c-.500.200-.700.500-.700 1.100M10 13.500v.200',
  out: 'M8 4H4v12h12v-4M11 4h5v5M16 4l-7 7',
  trash: 'M4 6h12M8 6V4h4v2M5.500 6l.800 10.500h7.400L14.500 6',
  copy: 'M7 7h9v9H7zM4 13V4h9',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside words: it says nothing by itself. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" width={size} height={size} aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
