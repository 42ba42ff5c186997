/** What somebody wants to be told of: a drop by so much or more, or a price below so much. */
export interface WatchedFor {
  readonly kind: 'drop' | 'below';
  /** As the reader writes it: `20%`, `$150`. */
  readonly amount: string;
}
