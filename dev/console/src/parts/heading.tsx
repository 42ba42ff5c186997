import type { ComponentChildren } from 'preact';

/** Title of a view; it takes the focus when the view is entered. */
export function Heading({
  title,
  lead,
  children,
}: {
  readonly title: ComponentChildren;
  readonly lead?: ComponentChildren;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="heading">
      <div class="heading-words">
        <h1 tabIndex={-1}>{title}</h1>
        {lead !== undefined && <p class="lead">{lead}</p>}
      </div>
      {children !== undefined && <div class="heading-actions">{children}</div>}
    </div>
  );
}
