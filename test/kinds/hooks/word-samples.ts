import type { Words } from '../../../shared/kinds/hooks/words/words.ts';
import type { Samples } from '../../locale/samples.ts';

/** A message without a sample is a type error here. */
export const samples: Samples<Words> = {
  leftOut: [[1], [2]],
  more: [[5]],
  moreCame: [['NAME', 40]],
  chat: {
    mayNot: [
      [undefined, false],
      ['OWNER', true],
    ],
    badTopic: [
      ['TOPIC', ''],
      ['TOPIC', '**alerts/**'],
    ],
    isThere: [['NAME']],
    tooMany: [[20]],
    addressOf: [['NAME']],
    notYet: [['NAME', 10, 'WHEN']],
    sentToYou: [['NAME']],
    ready: [['NAME']],
    noSuch: [['NAME']],
    as: [['TOPIC']],
    lastUsed: [['DAY']],
    deleted: [['NAME']],
    changed: [['NAME']],
    rules: [['NAME']],
    noRule: [['SAID']],
    takesNothing: [['NAME', 'reply', 'SAID']],
    badKey: [
      ['NAME', '', 200],
      ['NAME', 'SAID', 200],
    ],
    badSecret: [['NAME', 3, { least: 8, most: 200 }]],
    badMentions: [
      ['NAME', ''],
      ['NAME', 'SAID'],
    ],
    badAnswer: [
      ['NAME', ''],
      ['NAME', 'SAID'],
    ],
    ruleReply: [['update'], ['reply'], ['new']],
    ruleKey: [[undefined], ['PATH']],
    ruleSecret: [[true], [false]],
    ruleMentions: [[true], [false]],
    ruleAnswer: [[undefined], [202]],
  },
};

/** What is written alike in each language. */
export const alike: readonly string[] = [];

/** What people say, and what tools that post are told: the words that they look for. */
export const leftOver = {
  'answers.ts': [/./],
  'hook-posted.ts': [/^the key of a conversation$/],
  'commands/desk.ts': [/^replace the address of a web hook$/],
  'commands/create.ts': [/^webhook anlegen grafana$/],
  'commands/manage.ts': [/^webhook /],
};
