import { expect, test } from 'vitest'
import { createRandom, type Random } from '../../../../src/shared/base/random.ts'
import { soundStatistics } from '../../../../src/shared/evaluation/cepstra-of-sound.ts'
import { trainContextNetwork } from '../../../../src/shared/evaluation/context-network.ts'
import { trainLinearDiscriminant } from '../../../../src/shared/evaluation/linear-discriminant.ts'
import { exerciseScore, synthesize, transposeScore, voices } from '../../../../src/shared/synthesizer/index.ts'

const BANDS = 12

/** Two people with the same mean in every band: they differ only in which bands move together. */
function framesOf(person: 0 | 1, random: Random): Float32Array {
  const frames = new Float32Array(200 * BANDS)
  for (let frame = 0; frame < 200; frame++) {
    const [a, b] = [random.normal(), random.normal()]
    for (let band = 0; band < BANDS; band++) {
      const mover = person === 0 ? (band < 6 ? a : b) : band % 2 === 0 ? a : b
      frames[frame * BANDS + band] = mover + 0.3 * random.normal()
    }
  }
  return frames
}

test('the network judge tells people apart whose mean envelopes are equal, and the same way every time', () => {
  const judge = () => {
    const random = createRandom(4)
    const clips = [0, 1, 0, 1, 0, 1].map((person) => ({
      frames: framesOf(person === 0 ? 0 : 1, random),
      label: person,
    }))
    let turn = 0
    const draw = (drawing: Random) => ({ ...clips[turn++ % clips.length], frame: drawing.integer(200) })
    const options = { bandCount: BANDS, classCount: 2, stepCount: 250 }
    return trainContextNetwork(
      draw,
      clips.map(({ frames }) => frames),
      options,
      random,
    )
  }
  const random = createRandom(77)
  const [first, second] = [judge(), judge()]
  for (const person of [0, 1, 0, 1] as const) {
    const frames = framesOf(person, random)
    const scores = first.classify(frames)
    expect(scores[person]).toBeGreaterThan(scores[1 - person])
    expect(second.classify(frames)).toEqual(scores)
  }
})

test('the linear judge finds the class of shifted clouds in correlated dimensions', () => {
  const random = createRandom(9)
  const example = (label: number) => {
    const common = random.normal()
    return { label, values: [common + label, common - label, 5 * random.normal()] }
  }
  const judge = trainLinearDiscriminant(
    Array.from({ length: 90 }, (_, index) => example(index % 3)),
    3,
  )
  let hits = 0
  for (let index = 0; index < 90; index++) {
    const { values, label } = example(index % 3)
    const scores = judge.classify(values)
    if (scores.indexOf(Math.max(...scores)) === label) hits++
  }
  expect(hits).toBeGreaterThan(80)
})

test('the cepstral judge knows synthetic singers by clips that it never heard', () => {
  const people = [voices.low, voices.lead, voices.high]
  const clips = people.map((voice, label) =>
    [1, 2, 3].map((take) => {
      const score = transposeScore(exerciseScore(7, createRandom(10 * label + take)), voice.transposeSemitones)
      return soundStatistics(synthesize(score, voice, 16_000, take).samples, 16_000)
    }),
  )
  const judge = trainLinearDiscriminant(
    clips.flatMap((own, label) => own.slice(0, 2).flatMap((rows) => rows.map((values) => ({ values, label })))),
    3,
  )
  clips.forEach((own, label) => {
    const total = [0, 0, 0]
    for (const values of own[2]) judge.classify(values).forEach((score, index) => (total[index] += score))
    expect(total.indexOf(Math.max(...total))).toBe(label)
  })
})
