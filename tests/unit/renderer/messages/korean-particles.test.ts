import { expect, test } from 'vitest'
import { withParticle } from '../../../../src/renderer/messages/korean-particles.ts'

test.each([
  ['트랙', '트랙을'],
  ['마커', '마커를'],
  ['클립', '클립을'],
  ['Verse 1', 'Verse 1을'],
  ['Verse 2', 'Verse 2를'],
  ['Take 10', 'Take 10을'],
  ['Lead', 'Lead를'],
  ['Mira', 'Mira를'],
  ['Joon', 'Joon을'],
  ['Jane', 'Jane을'],
  ['Vocal', 'Vocal을'],
  ['“후렴”', '“후렴”을'],
  ['take.wav', 'take.wav를'],
  ['120 ms', '120 ms를'],
  ['−6 dB', '−6 dB을'],
  ['60 %', '60 %를'],
])('the object %s is %s', (word, said) => {
  expect(withParticle(word, '을/를')).toBe(said)
})

test('a final ㄹ takes 로 as a vowel does, other consonants take 으로', () => {
  expect(withParticle('서울', '으로/로')).toBe('서울로')
  expect(withParticle('마커', '으로/로')).toBe('마커로')
  expect(withParticle('트랙', '으로/로')).toBe('트랙으로')
  expect(withParticle('Vocal', '으로/로')).toBe('Vocal로')
  expect(withParticle('1', '으로/로')).toBe('1로')
  expect(withParticle('3', '으로/로')).toBe('3으로')
})

test('each pair of particles has its two sides', () => {
  expect(withParticle('가수', '은/는')).toBe('가수는')
  expect(withParticle('리전', '은/는')).toBe('리전은')
  expect(withParticle('Mira', '이/가')).toBe('Mira가')
  expect(withParticle('Kim', '이/가')).toBe('Kim이')
  expect(withParticle('Ctrl O', '은/는')).toBe('Ctrl O는')
  expect(withParticle('MTM', '은/는')).toBe('MTM은')
})

test('a word that nobody can sound takes both', () => {
  expect(withParticle('★', '을/를')).toBe('★을(를)')
  expect(withParticle('', '은/는')).toBe('은(는)')
})
