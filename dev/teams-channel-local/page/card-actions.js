/**
 * Web Chat knows Action.Submit but not Action.Execute, and does not tell which card a button belongs to. So every
 * card's actions are marked before it is shown, and the marks are read and taken away when a button was pressed.
 */
const MARK = '__channelCard';

/** An activity whose Adaptive Cards carry marks. Everything else stays what it is. */
export function markCards(activity) {
  if (!Array.isArray(activity.attachments)) return activity;
  const attachments = activity.attachments.map((attachment) =>
    attachment.contentType === 'application/vnd.microsoft.card.adaptive'
      ? { ...attachment, content: mark(attachment.content, activity.id) }
      : attachment,
  );
  return { ...activity, attachments };
}

function mark(node, cardId) {
  if (Array.isArray(node)) return node.map((item) => mark(item, cardId));
  if (node === null || typeof node !== 'object') return node;
  if (node.type === 'Action.Execute') {
    const { verb, id, data } = node;
    const execute = { verb, id, ...(isPlain(data) || data === undefined ? {} : { data }) };
    const fields = isPlain(data) ? data : {};
    return { ...node, type: 'Action.Submit', data: { ...fields, [MARK]: { cardId, execute } } };
  }
  if (node.type === 'Action.Submit') {
    if (typeof node.data === 'string') return node;
    return { ...node, data: { ...node.data, [MARK]: { cardId } } };
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, mark(value, cardId)]));
}

/**
 * What a channel posts for a pressed button: `Action.Execute` becomes an invoke, and `msteams` in the data of a
 * Submit makes it an imBack or a messageBack, as in Teams.
 */
export function unmarkAction(activity) {
  const { value } = activity;
  if (!isPlain(value) || !isPlain(value[MARK])) return activity;
  const { [MARK]: marked, ...data } = value;
  const reply = { ...activity, replyToId: marked.cardId };
  if (marked.execute) {
    const { verb, id, data: text } = marked.execute;
    const { text: _, ...rest } = reply;
    const action = { type: 'Action.Execute', id, verb, data: text ?? data };
    return { ...rest, type: 'invoke', name: 'adaptiveCard/action', value: { action, trigger: 'manual' } };
  }
  const { msteams, ...rest } = data;
  const { postBack: _, ...channelData } = activity.channelData;
  if (msteams?.type === 'imBack')
    return { ...reply, channelData, text: String(msteams.value), value: undefined };
  if (msteams?.type === 'messageBack') {
    const messageBack = { displayText: msteams.displayText };
    return {
      ...reply,
      channelData: { ...channelData, messageBack },
      text: msteams.text,
      value: msteams.value ?? rest,
    };
  }
  return { ...reply, value: data };
}

function isPlain(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
