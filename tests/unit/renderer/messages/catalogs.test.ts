import { afterEach, describe, expect, test } from 'vitest'
import { failureCodes } from '../../../../src/shared/base/errors.ts'
import { english } from '../../../../src/renderer/messages/en/all.ts'
import { korean } from '../../../../src/renderer/messages/ko/all.ts'
import { languageOf } from '../../../../src/renderer/messages/language-of.ts'
import { language } from '../../../../src/renderer/messages/language.svelte.ts'
import { piecesOf } from '../../../../src/renderer/messages/marked.ts'
import { ordinal, plural } from '../../../../src/renderer/messages/plural.ts'
import { say } from '../../../../src/renderer/messages/say.svelte.ts'
import { toldFailure } from '../../../../src/renderer/messages/told.ts'
import { keymap } from '../../../../src/renderer/state/keymap.ts'
import { formatAgo, formatTaking, formatTakingBetween } from '../../../../src/renderer/ui/times.ts'

afterEach(() => (language.current = 'en'))

type Entry = readonly [path: string, message: unknown]
const isTable = (value: unknown): value is object => typeof value === 'object' && value !== null
const entriesOf = (table: object, path = ''): readonly Entry[] =>
  Object.entries(table).flatMap(([key, value]: [string, unknown]): readonly Entry[] =>
    isTable(value) ? entriesOf(value, `${path}${key}.`) : [[path + key, value]],
  )

const koreanByPath = new Map(entriesOf(korean))

/** What the Korean catalog may leave as it is: units, and names that are the same everywhere. */
const sameInBoth = /(^|\.)(bpm|truePeakUnit|lufs|gflops|db|percent|wav|flac|restOf|emotion|dash)|versionOn|fileBy/

describe('the Korean catalog', () => {
  test('has every message, and takes the same number of facts', () => {
    const unlike = entriesOf(english).filter(([path, message]) => {
      const translated = koreanByPath.get(path)
      if (typeof message !== typeof translated) return true
      return typeof message === 'function' && message.length !== (translated as typeof message).length
    })
    expect(unlike.map(([path]) => path)).toEqual([])
    expect(koreanByPath.size).toBe(entriesOf(english).length)
  })

  test('has no plain message in English', () => {
    const left = [...koreanByPath].filter(
      ([path, message]) => typeof message === 'string' && !/\p{Script=Hangul}/u.test(message) && !sameInBoth.test(path),
    )
    expect(left.map(([path, message]) => `${path}: ${String(message)}`)).toEqual(['units.locale: ko'])
  })

  test('says every fact that it is told, where the English sentence says it', () => {
    // Numbers and tables choose their words; texts stand in the sentence.
    const mute = entriesOf(english).flatMap(([path, message]) => {
      const translated = koreanByPath.get(path)
      if (
        typeof message !== 'function' ||
        typeof translated !== 'function' ||
        path.startsWith('told.') ||
        path === 'training.finding'
      )
        return []
      const facts = Array.from({ length: message.length }, (_, index) => `⟨${index}⟩`)
      try {
        const [said, translation] = [String(message(...facts)), String(translated(...facts))]
        return facts.every((fact) => !said.includes(fact) || translation.includes(fact)) ? [] : [path]
      } catch {
        return [] // a fact of another kind than text
      }
    })
    expect(mute).toEqual([])
  })

  test('has sentences of its own for every failure, and keeps what was told in the details', () => {
    language.current = 'ko'
    for (const code of failureCodes) {
      const told = toldFailure({ code, message: 'take-3.wav holds no voice.', remedy: 'Choose another.' })
      expect(told.message).toMatch(/\p{Script=Hangul}/u)
      expect(told.remedy).toMatch(/\p{Script=Hangul}/u)
      expect(told.details).toContain('take-3.wav holds no voice.')
    }
  })

  test.each([
    ['Converting Verse 1 for Mira for Joon + Mira', '변환: Verse 1 for Mira, Joon + Mira'],
    ['Importing lead.wav', '가져오기: lead.wav'],
    ['Exporting 3 files', '내보내기: 파일 3개'],
    ['Checking 1 clip', '클립 1개 점검'],
    ['Step 600 on your stem', '600단계로 스템 부르기'],
    ['Alba sings a phrase', '한 소절 부르기: Alba'],
    ['Something new', 'Something new'],
  ])('tells the job “%s” as “%s”', (title, told) => {
    language.current = 'ko'
    expect(say.told.title(title)).toBe(told)
  })
})

test.each([
  ['sending the clips', '클립을 보내는 중'],
  ['waiting for a machine', '작업할 컴퓨터를 기다리는 중'],
  ['resting: waiting for a machine', '작업할 컴퓨터를 기다리는 중'],
  ['fetching the sound', '소리를 받는 중'],
  ['starting again: another machine takes it over', '다른 컴퓨터가 이어받는 중'],
  ['resting: another machine takes it over', '다른 컴퓨터가 이어받는 중'],
  ['starting again: its worker ended', '다시 시작하는 중'],
  [
    'resting: the battery is at 9 %; goes on when the machine is plugged in',
    '쉬는 중: 배터리 9 %, 전원을 연결하면 계속합니다',
  ],
])('tells the phase “%s” as “%s”', (phase, told) => {
  language.current = 'ko'
  expect(say.told.phase(phase)).toBe(told)
})

test('what is told in English is not touched', () => {
  const failure = { code: 'audio-silent', message: 'take-3.wav is silent.' } as const
  expect(toldFailure(failure)).toBe(failure)
})

test('every key of the key map belongs to a command that has a name', () => {
  const names = new Set(Object.keys(english.commands))
  expect(keymap.filter(({ command }) => !names.has(command))).toEqual([])
})

test('the language is the first that the person reads and the window speaks', () => {
  expect(languageOf(['fr-FR', 'ko-KR', 'en-US'])).toBe('ko')
  expect(languageOf(['EN-gb', 'ko'])).toBe('en')
  expect(languageOf(['kok-IN', 'de'])).toBe('en')
  expect(languageOf([])).toBe('en')
})

test('times and counts are said in the language of the window', () => {
  expect([formatAgo(0, 60_000), formatAgo(0, 7_200_000)]).toEqual(['1 minute ago', '2 hours ago'])
  expect([formatTaking(30), formatTakingBetween(300, 420)]).toEqual(['30 s', '5 to 7 min'])
  language.current = 'ko'
  expect([formatAgo(0, 60_000), formatAgo(0, 7_200_000)]).toEqual(['1분 전', '2시간 전'])
  expect([formatTaking(30), formatTakingBetween(300, 420)]).toEqual(['30초', '5~7분'])
})

test('English counts and places have their forms', () => {
  expect([0, 1, 2].map((count) => plural(count, 'file', 'files'))).toEqual(['files', 'file', 'files'])
  expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 113].map(ordinal)).toEqual([
    '1st',
    '2nd',
    '3rd',
    '4th',
    '11th',
    '12th',
    '13th',
    '21st',
    '102nd',
    '113th',
  ])
})

test('a marked piece stands where its language has it', () => {
  expect(piecesOf('⟦3.1×⟧ real time')).toEqual([
    { text: '3.1×', isMarked: true },
    { text: ' real time', isMarked: false },
  ])
  expect(piecesOf('실시간의 ⟦3.1배⟧').map(({ isMarked }) => isMarked)).toEqual([false, true])
  expect(piecesOf('plain')).toEqual([{ text: 'plain', isMarked: false }])
})
