/** The line by which people know a message again. */
export function headlineOf(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}

/** What a message says, in one place: its first line, and the others quieter beside it. */
export function Said({ text }: { readonly text: string }) {
  const [first = '', ...others] = text.split('\n');
  return (
    <>
      {first}
      {others.length > 0 && <span class="said-rest"> · {others.join(' · ')}</span>}
    </>
  );
}
