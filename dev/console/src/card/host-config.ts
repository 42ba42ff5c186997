const colour = (name: string) => ({ default: `var(--card-${name})`, subtle: `var(--card-${name}-soft)` });
const colours = {
  default: colour('text'),
  dark: colour('text'),
  light: colour('subtle'),
  accent: colour('accent'),
  good: colour('good'),
  warning: colour('warning'),
  attention: colour('bad'),
};
const container = (background: string) => ({
  backgroundColor: background,
  foregroundColors: colours,
});
const column = { weight: 'bolder', size: 'default', wrap: true, isSubtle: false } as const;

/** A card as Teams draws it; the colours stand in card.css, for light and dark. */
export const hostConfig = {
  fontFamily: 'inherit',
  spacing: { small: 6, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 14 },
  separator: { lineThickness: 1, lineColor: 'var(--card-line)' },
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 22 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 28 },
  imageSizes: { small: 40, medium: 80, large: 160 },
  containerStyles: {
    default: container('transparent'),
    emphasis: container('var(--card-emphasis)'),
    accent: container('var(--card-accent-back)'),
    good: container('var(--card-good-back)'),
    warning: container('var(--card-warning-back)'),
    attention: container('var(--card-bad-back)'),
  },
  factSet: { title: { ...column, maxWidth: 130 }, value: { wrap: true }, spacing: 12 },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 10, style: 'emphasis' },
  },
  imageSet: { imageSize: 'medium', maxImageHeight: 100 },
} as const;
