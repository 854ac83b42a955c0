import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findSpeakers, mergeSpeakers, ofKind, sentenceOf } from '../../../../src/main/evaluation/speakers.ts'
import { splitSpeakers } from '../../../../src/main/evaluation/split.ts'
import { FailureError } from '../../../../src/shared/base/errors.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-speakers-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function put(...names: string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), '')
  }
}

test('each folder with recordings is a person, however deep; other files are no recordings', () => {
  put('ann/2.wav', 'ann/1.flac', 'corpus/tom/a.WAV', 'corpus/LICENSE.md', 'empty/notes.txt')
  const speakers = findSpeakers(folder)
  expect(speakers.map(({ name, files }) => [name, files.length])).toEqual([
    ['ann', 2],
    [join('corpus', 'tom'), 1],
  ])
  expect(speakers[0].files.map(({ sentence }) => sentence)).toEqual(['1', '2'])
})

test('a manifest that names persons decides, and instruments are nobody', () => {
  put('x/1.wav', 'x/2.wav', 'y/flute.wav')
  const entries = [
    { file: 'x/1.wav', person: 'ann', kind: 'sung' },
    { file: 'x/2.wav', person: 'tom', kind: 'spoken' },
    { file: 'y/flute.wav', person: 'flute', kind: 'instrument' },
    { file: 'gone.wav', person: 'ann', kind: 'sung' },
  ]
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(entries))
  expect(findSpeakers(folder).map(({ name, files }) => [name, files.length])).toEqual([
    ['ann', 1],
    ['tom', 1],
  ])
})

test('a folder without a voice is refused in words', () => {
  expect(() => findSpeakers(folder)).toThrow(FailureError)
})

test('readings of one text are known by what remains of their names without the person', () => {
  expect(sentenceOf('/d/p225/p225_003.wav', 'p225')).toBe(sentenceOf('/d/p227/p227_003.wav', 'p227'))
  expect(sentenceOf('/d/03/03a01Fa.flac', '03')).toBe(sentenceOf('/d/11/11a01Nc.flac', 'emodb-11'))
  expect(sentenceOf('/d/ann/verse 1.wav', 'ann')).toBe('verse 1')
  expect(sentenceOf('/d/Actor_01/03-02-05-01-01-01-01.wav', 'Actor_01')).toBe(
    sentenceOf('/d/Actor_07/03-02-05-01-01-01-07.wav', 'Actor_07'),
  )
})

test('where a manifest tells texts and manners, they decide what is a reading of what', () => {
  put('x/1.wav', 'y/9.wav', 'y/10.wav')
  const entry = { kind: 'sung', text: 'La', emotion: 'sad', repetition: 1 }
  const entries = [
    { file: 'x/1.wav', person: 'ann', sex: 'F', ...entry },
    { file: 'y/9.wav', person: 'tom', sex: 'M', ...entry },
    { file: 'y/10.wav', person: 'tom', sex: 'M', ...entry, emotion: 'glad' },
  ]
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(entries))
  const [ann, tom] = findSpeakers(folder)
  expect([ann.sex, tom.sex]).toEqual(['F', 'M'])
  expect(new Set([...ann.files, ...tom.files].map(({ sentence }) => sentence)).size).toBe(1)
  expect(tom.files.filter(({ reading }) => reading === ann.files[0].reading).map(({ path }) => path)).toEqual([
    join(folder, 'y/9.wav'),
  ])
})

test('links to folders are followed, circles are left, and a manifest.json that is something else is no list', () => {
  put('deep/ann/1.wav')
  symlinkSync(join(folder, 'deep'), join(folder, 'deep/ann/circle'))
  writeFileSync(join(folder, 'manifest.json'), 'not a list')
  expect(findSpeakers(folder).map(({ name }) => name)).toContain(join('deep', 'ann'))
})

test('no sentence is both learned from and tested with, by whomever it is read', () => {
  const sentences = Array.from({ length: 40 }, (_, index) => String(index).padStart(3, '0'))
  const speakers = ['ann', 'tom'].map((name) => ({
    name,
    files: sentences.map((sentence) => ({ path: `${name}/${sentence}.wav`, sentence, reading: sentence })),
  }))
  const split = splitSpeakers(speakers)
  const trained = new Set(split.flatMap(({ training }) => training.map(({ sentence }) => sentence)))
  const tested = split.flatMap(({ test: kept }) => kept.map(({ sentence }) => sentence))
  expect(tested.filter((sentence) => trained.has(sentence))).toEqual([])
  expect(trained.size + new Set(tested).size).toBe(40)
  expect(tested.length).toBeGreaterThan(10)
})

test('of two texts one is kept, sung or spoken alike', () => {
  const files = ['sung A', 'spoken A', 'sung B', 'spoken B'].map((sentence) => ({
    path: `${sentence}.wav`,
    sentence,
    reading: sentence,
  }))
  const [{ training, test: kept }] = splitSpeakers([{ name: 'ann', files }])
  const words = (list: typeof files) => new Set(list.map(({ sentence }) => sentence.replace(/^\w+ /, '')))
  expect(words([...training]).size).toBe(1)
  expect([...words([...kept])]).not.toEqual([...words([...training])])
})

test('whoever has only sentences of one side is still tried with recordings that nothing was learned from', () => {
  const files = Array.from({ length: 3 }, (_, index) => ({ path: `${index}.wav`, sentence: 'same', reading: 'same' }))
  const other = { name: 'tom', files: [{ path: 'x.wav', sentence: 'other', reading: 'other' }, ...files] }
  const split = splitSpeakers([{ name: 'ann', files }, other])
  const ann = split.find(({ name }) => name === 'ann')
  expect(ann?.training.length).toBe(2)
  expect(ann?.test.map(({ path }) => path)).toEqual(['2.wav'])
})

test('people of one name in several folders are one, and of everybody only one kind may be taken', () => {
  const take = (path: string, sentence: string) => ({ path, sentence, reading: sentence })
  const ann = { name: 'ann', files: [take('1', 'sung La'), take('2', 'spoken La')] }
  const again = { name: 'ann', files: [take('3', 'sung Lo')] }
  const tom = { name: 'tom', files: [take('4', 'spoken La')] }
  const merged = mergeSpeakers([ann, tom, again])
  expect(merged.map(({ name, files }) => [name, files.length])).toEqual([
    ['ann', 3],
    ['tom', 1],
  ])
  expect(ofKind(merged, 'sung').map(({ name, files }) => [name, files.map(({ path }) => path)])).toEqual([
    ['ann', ['1', '3']],
  ])
  expect(ofKind(merged, '')).toEqual(merged)
})
