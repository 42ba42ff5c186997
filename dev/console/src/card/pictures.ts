/** What the page loads of a card: data in it. Everything else is named in its place. */
const OWN = /^data:image\//i;
const NOTHING = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7#';
/** What a card may have by an address beside pictures; it is left out. */
const DECORATIONS = new Set(['iconUrl', 'backgroundImage', 'poster', 'selectActionIconUrl']);

export interface LeftOutPicture {
  readonly alt: string;
  readonly address: string;
}

/**
 * A card without anything that a browser would ask another server for, and the pictures that it had: each stands in it as a
 * point that `placeOf` finds again.
 */
export function withoutPictures(card: unknown): {
  readonly card: unknown;
  readonly pictures: readonly LeftOutPicture[];
} {
  const pictures: LeftOutPicture[] = [];
  return { card: cleaned(card), pictures };

  function cleaned(value: unknown, depth = 0): unknown {
    if (depth > 60 || typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((one) => cleaned(one, depth + 1));
    const fields: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(value)) {
      if (!DECORATIONS.has(name)) fields[name] = cleaned(field, depth + 1);
      else if (typeof field === 'string' && OWN.test(field)) fields[name] = field;
    }
    if (fields.type === 'Media') fields.sources = [];
    const isPicture =
      fields.type === 'Image' || (fields.type === undefined && typeof fields.url === 'string');
    if (isPicture && typeof fields.url === 'string' && !OWN.test(fields.url)) {
      const alt = typeof fields.altText === 'string' ? fields.altText : '';
      fields.url = NOTHING + pictures.length;
      pictures.push({ alt, address: String(Reflect.get(value, 'url')) });
    }
    return fields;
  }
}

/** Puts what a picture shows, and its address, where the picture would be. */
export function namePictures(within: HTMLElement, pictures: readonly LeftOutPicture[]): void {
  for (const picture of within.querySelectorAll('img')) {
    const index = picture.src.startsWith(NOTHING) ? Number(picture.src.slice(NOTHING.length)) : -1;
    const left = pictures[index];
    if (left === undefined) continue;
    const place = document.createElement('span');
    place.className = 'picture';
    place.role = 'img';
    place.ariaLabel = left.alt === '' ? left.address : left.alt;
    const alt = document.createElement('b');
    alt.textContent = left.alt;
    const address = document.createElement('span');
    address.textContent = left.address;
    place.append(alt, address);
    picture.replaceWith(place);
  }
}
