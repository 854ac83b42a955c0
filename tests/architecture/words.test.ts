import { expect, test } from 'vitest'
import { sourceFiles } from './imports.ts'
import { literalWordsIn, literalWordsOf } from './literal-words.ts'

/** What is the same in every language, or no language: names, units, keys, and text that only the program reads. */
const wordless: readonly RegExp[] = [
  /^Understudy$/,
  /^– Understudy$/,
  /^(dB|ms|st|kHz|px|TP|GFLOP\/s|Hz)$/,
  // keys of the keyboard and of the key map, alone or with modifiers
  /^((Ctrl|Alt|Shift|Meta)[+ ]?)*([A-Z0-9=[\],.?+-]|F\d+|Arrow(Left|Right|Up|Down)?|Page(Up|Down)|Home|End|Enter|Tab|Esc(ape)?|Space|Del(ete)?|Backspace|Control|Shift|Alt|Meta|AltGraph|ContextMenu|Ctrl|Key|Digit)$/,
  // styles, selectors and media queries
  /^(var|calc|translateX|rgb)\(|^px\)?$|^\((min-width|prefers-[a-z]+): [^)]*\)$|^(textarea|input|:is\(|\[data-)/,
  // kinds, ids and values of attributes
  /^(true|none|decimal|code|kbd|b|non-scaling-stroke|blend-\d|formant|intensity|transposition|marker|tempo|new-project|rename-singer)$/,
  /^\.dawproject$/,
]
/** Literals that read as words and are none, with the file that they stand in. */
const exceptions: ReadonlySet<string> = new Set([
  'renderer/App.svelte: Files', // a kind of what is dragged
  'renderer/timeline/drops.ts: Files',
  'renderer/dialogs/Shortcuts.svelte: Mac', // in the name of the browser
  'renderer/inspector/Tips.svelte: Mac',
  'renderer/farm/farm-words.ts: understudy worker', // a command
  'renderer/hosts/headless-host.ts: Bearer', // HTTP
  'renderer/state/TempoChanges.svelte.ts: tempo change', // a key of the history
  'renderer/state/key-presets.ts: Ableton Live', // names of programs
  'renderer/state/key-presets.ts: Reaper',
  'renderer/training/TrainingStages.svelte: trying the range', // a phase, as it is told
  'renderer/ui/times.ts: Between', // a part of a key
  'renderer/browser/ModelSection.svelte: Model extends Named', // a type
  'renderer/ui/Segmented.svelte: Value extends string',
  'renderer/ui/Select.svelte: Value extends string | number',
])

const isWordless = ({ file, text }: { file: string; text: string }): boolean =>
  exceptions.has(`${file}: ${text}`) || wordless.some((pattern) => pattern.test(text))

test('every word that the window shows or speaks comes from the catalogs', () => {
  const files = sourceFiles().filter(
    (file) => file.startsWith('renderer/') && !file.startsWith('renderer/messages/') && !file.endsWith('.css'),
  )
  const found = files.flatMap(literalWordsOf).filter((literal) => !isWordless(literal))
  expect(found.map(({ file, line, text }) => `${file}:${line}: ${text}`)).toEqual([])
}, 60_000)

test.each([
  ['text of a template', '<p>Nothing here yet.</p>'],
  ['one word of a template', '<b>muted</b>'],
  ['a label', '<button aria-label="Close"></button>'],
  ['a label of a component', '<IconButton icon="close" label="close" />'],
  ['a tip', '<button data-tip="Reset"></button>'],
  ['a choice in a template', '<p>{isOn ? "on" : "off"}</p>'],
  ['a label around a name', '<button aria-label="Mute {name}"></button>'],
  ['a sentence of a script', '<script>shell.say(`${name} is open.`)</script>'],
])('%s is found', (_, source) => {
  expect(literalWordsIn(source, 'renderer/Example.svelte')).not.toEqual([])
})

test.each([
  ['a class and a kind', '<p class="dense faint" id="first"><Icon name="close" size="s" /></p>'],
  ['a message', '<button aria-label={say.ui.close}>{say.ui.close}</button>'],
  ['a thrown bug', '<script>throw new Error("index.html lost its element")</script>'],
  ['a type', '<script lang="ts">let kind: "Some kind" | null = null</script>'],
])('%s is no word', (_, source) => {
  expect(literalWordsIn(source, 'renderer/Example.svelte')).toEqual([])
})
