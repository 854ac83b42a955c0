import { describe, expect, test } from 'vitest'
import { checkLabels } from '../../../../../src/shared/training/relgan/check-labels.ts'
import { readClipLabels, type LabelTable } from '../../../../../src/shared/training/relgan/clip-labels.ts'

const read = (paths: readonly string[], table: LabelTable | null = null) => {
  const labels = readClipLabels(paths, table)
  return labels.ok ? labels.value.map(({ path, emotion, person }) => [path, emotion, person]) : labels.failure.message
}
const table = (text: string): LabelTable => ({ fileName: 'labels.csv', text })

describe('labels', () => {
  test('are read from names as the Berlin database has them, wherever the files lie', () => {
    expect(read(['03/03a01Fa.wav', '16b02Tb.flac'])).toEqual([
      ['03/03a01Fa.wav', 'happy', '03'],
      ['16b02Tb.flac', 'sad', '16'],
    ])
  })

  test('are read from names as RAVDESS has them', () => {
    expect(read(['Actor_12/03-01-05-02-01-02-12.wav', '03-02-02-01-01-01-07.wav'])).toEqual([
      ['Actor_12/03-01-05-02-01-02-12.wav', 'angry', 'actor-12'],
      ['03-02-02-01-01-01-07.wav', 'calm', 'actor-07'],
    ])
  })

  test('are read from folders: the emotion, and below it the person where there is one', () => {
    expect(read(['Angry/one.wav', 'very sad/mira/two.wav', 'angry/03a01Fa.wav'])).toEqual([
      ['Angry/one.wav', 'angry', ''],
      ['very sad/mira/two.wav', 'very-sad', 'mira'],
      ['angry/03a01Fa.wav', 'angry', ''],
    ])
  })

  test('are read from a table with commas or semicolons, quotes, a mark at its start, and paths as Windows writes them', () => {
    const text = '\uFEFFPerson;File;Emotion\r\n"Mira; the first";"takes\\a ""b"".wav";Happy\r\n;c.wav;sad\r\n'
    expect(read(['takes/a "b".wav', 'deep/c.wav', 'unlabeled.wav'], table(text))).toEqual([
      ['takes/a "b".wav', 'happy', 'Mira; the first'],
      ['deep/c.wav', 'sad', ''],
    ])
  })

  test.each([
    [[], null, /no recordings/],
    [['loose.wav', 'angry/a.wav'], null, /“loose.wav” lies in no emotion's folder/],
    [['123/a.wav'], null, /“123” is not named by an emotion/],
    [['a.wav'], table('name,mood\na.wav,sad'), /has the columns name, mood/],
    [['a.wav'], table(''), /has the columns of nothing/],
    [['a.wav'], table('file,emotion\nb.wav,sad'), /Line 2 .* names “b.wav”, which is not in the folder/],
    [['a.wav'], table('file,emotion\na.wav,?!'), /Line 2 .* has the emotion “\?!”/],
  ] as const)('say what is wrong with %j', (paths, given, message) => {
    expect(read(paths, given)).toMatch(message)
  })
})

const clips = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).flatMap(([emotion, count]) =>
    Array.from({ length: count }, (_, index) => ({ path: `${emotion}${index}.wav`, emotion })),
  )
const refusal = (counts: Readonly<Record<string, number>>, wanted: readonly string[] | null = null) => {
  const checked = checkLabels(clips(counts), wanted)
  return checked.ok ? checked.value : `${checked.failure.code}: ${checked.failure.message}`
}

describe('a set of labels', () => {
  test('gives its emotions, neutral first, or in the order that was asked for', () => {
    expect(refusal({ sad: 2, neutral: 3, angry: 2 })).toEqual(['neutral', 'angry', 'sad'])
    expect(refusal({ sad: 2, neutral: 3, angry: 2 }, ['sad', 'angry', 'neutral'])).toEqual(['sad', 'angry', 'neutral'])
  })

  test('is refused with fewer than three emotions', () => {
    expect(refusal({ sad: 9, angry: 9 })).toMatch(/^clips-too-few: .*at least 3 emotions.* 2 \(angry, sad\)/)
  })

  test('is refused with a single clip of an emotion, which may be a slip of the label', () => {
    expect(refusal({ sad: 9, angry: 9, happy: 4, hapy: 1 })).toMatch(/“hapy” has only “hapy0.wav”/)
    expect(refusal({ sad: 2, angry: 2 }, ['sad', 'angry', 'happy'])).toMatch(/“happy” has none/)
  })

  test('is refused with a label that is none of those asked for', () => {
    expect(refusal({ sad: 2, angry: 2, happy: 2, bored: 3 }, ['sad', 'angry', 'happy'])).toMatch(
      /^request-invalid: 3 clips have a label that is none of sad, angry, happy: “bored0.wav” is labeled bored/,
    )
  })

  test('is refused with more labels than emotions there are: texts or takes, most likely', () => {
    const counts = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`take-${index}`, 2]))
    expect(refusal(counts)).toMatch(/17 labels/)
  })
})
