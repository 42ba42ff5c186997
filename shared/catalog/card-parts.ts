/** What a part of an Adaptive Card may have, as clients of schema 1.6 and Teams read it. */
export interface CardPart {
  readonly fields: readonly string[];
  /** Where none of these is given, it shows or does nothing. */
  readonly needs: readonly string[];
}

const OF_EACH = 'type id fallback requires lang';
const OF_ELEMENTS = `${OF_EACH} height isVisible separator spacing horizontalAlignment targetWidth grid.area isSortKey`;
const OF_INPUTS = `${OF_ELEMENTS} label isRequired errorMessage value labelPosition labelWidth inputStyle valueChangedAction`;
const OF_ACTIONS = `${OF_EACH} title iconUrl style mode tooltip isEnabled role menuActions themedIconUrls`;
const OF_BOXES = `${OF_ELEMENTS} style bleed minHeight maxHeight backgroundImage verticalContentAlignment rtl selectAction layouts roundedCorners showBorder`;
const OF_TEXTS = 'text color fontType isSubtle size weight';

const part = (fields: string, needs = ''): CardPart => ({
  fields: fields.split(' '),
  needs: needs.split(' ').filter(Boolean),
});

export const CARD_PARTS: ReadonlyMap<string, CardPart> = new Map(
  Object.entries({
    AdaptiveCard: part(
      `${OF_EACH} $schema version body actions authentication backgroundImage fallbackText metadata minHeight msteams refresh rtl selectAction speak style verticalContentAlignment layouts references resources`,
      'body actions',
    ),
    TextBlock: part(`${OF_ELEMENTS} ${OF_TEXTS} maxLines style wrap labelFor`, 'text'),
    RichTextBlock: part(`${OF_ELEMENTS} inlines labelFor`, 'inlines'),
    TextRun: part(`${OF_EACH} ${OF_TEXTS} highlight italic selectAction strikethrough underline`, 'text'),
    Image: part(
      `${OF_ELEMENTS} url altText backgroundColor height pixelHeight pixelWidth selectAction size style width msteams allowExpand themedUrls fitMode horizontalContentAlignment verticalContentAlignment`,
      'url',
    ),
    ImageSet: part(`${OF_ELEMENTS} images imageSize style pixelSize offset`, 'images'),
    Media: part(`${OF_ELEMENTS} sources poster altText captionSources`, 'sources'),
    Container: part(`${OF_BOXES} items`, 'items'),
    ColumnSet: part(`${OF_BOXES} columns minWidth`, 'columns'),
    Column: part(`${OF_BOXES} items width`),
    FactSet: part(`${OF_ELEMENTS} facts`, 'facts'),
    ActionSet: part(`${OF_ELEMENTS} actions`, 'actions'),
    Table: part(
      `${OF_BOXES} columns rows firstRowAsHeader firstRowAsHeaders showGridLines gridStyle horizontalCellContentAlignment verticalCellContentAlignment`,
      'rows',
    ),
    TableRow: part(`${OF_BOXES} cells horizontalCellContentAlignment verticalCellContentAlignment`),
    TableCell: part(`${OF_BOXES} items`),
    'Input.Text': part(`${OF_INPUTS} isMultiline maxLength placeholder regex style inlineAction`),
    'Input.Number': part(`${OF_INPUTS} max min placeholder`),
    'Input.Date': part(`${OF_INPUTS} max min placeholder`),
    'Input.Time': part(`${OF_INPUTS} max min placeholder`),
    'Input.Toggle': part(`${OF_INPUTS} title valueOff valueOn wrap`),
    'Input.ChoiceSet': part(
      `${OF_INPUTS} choices choices.data isMultiSelect style placeholder wrap useMultipleColumns minColumnWidth`,
      'choices choices.data',
    ),
    'Action.OpenUrl': part(`${OF_ACTIONS} url`, 'url'),
    'Action.Submit': part(`${OF_ACTIONS} data associatedInputs msteams conditionallyEnabled`),
    'Action.ShowCard': part(`${OF_ACTIONS} card`, 'card'),
    'Action.ToggleVisibility': part(`${OF_ACTIONS} targetElements`, 'targetElements'),
  }),
);

/** Parts of whose fields nothing is known here, as Teams has them. */
export const OTHER_PARTS: readonly string[] = [
  ...['Icon', 'Badge', 'CodeBlock', 'Carousel', 'CarouselPage', 'CompoundButton', 'Rating', 'Input.Rating'],
  ...['ProgressBar', 'ProgressRing', 'Component', 'IconRun', 'CitationRun', 'Accordion', 'TabSet', 'List'],
  ...[
    'Action.Execute',
    'Action.Http',
    'Action.Popover',
    'Action.OpenUrlDialog',
    'Action.ResetInputs',
    'Action.InsertImage',
  ],
  ...['BackgroundImage', 'Data.Query', 'TextInput', 'Layout.Flow', 'Layout.AreaGrid', 'Layout.Stack'],
  ...[
    'Chart.Donut',
    'Chart.Pie',
    'Chart.Gauge',
    'Chart.Line',
    'Chart.VerticalBar',
    'Chart.VerticalBar.Grouped',
  ],
  ...['Chart.HorizontalBar', 'Chart.HorizontalBar.Stacked'],
];
