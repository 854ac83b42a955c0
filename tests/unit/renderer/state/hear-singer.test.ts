import { expect, test } from 'vitest'
import type { Job } from '../../../../src/shared/contract/jobs.ts'
import type { RenderKey } from '../../../../src/shared/base/id.ts'
import { auditionMediaId, renderMediaId, type MediaId } from '../../../../src/shared/contract/media.ts'
import type { Call } from '../../../../src/shared/contract/verbs.ts'
import { singRegions } from '../../../../src/shared/project/edits/performance.ts'
import type { Project } from '../../../../src/shared/project/model.ts'
import { defaultPerformance } from '../../../../src/shared/project/performance.ts'
import { hearSinger } from '../../../../src/renderer/state/hear-singer.ts'
import { chorus, countingIds, mira, projectId, singerTrack, smallSong } from '../../../support/documents.ts'
import { singer } from '../../../support/test-editor.ts'

const person = singer(mira, 'Mira', 0)
const key = 'd'.repeat(64) as RenderKey // brands are given in tests

function songOfMira(): Project {
  const song = singRegions(smallSong(), [chorus], singerTrack, mira, countingIds())
  const render = {
    key,
    sourceStartSamples: 0,
    durationSamples: 480_000,
    performance: defaultPerformance(mira),
    singerDigest: 'digest',
    semitones: 0,
  }
  const regions = Object.entries(song.regions).map(([id, region]) => [
    id,
    region.performance ? { ...region, render } : region,
  ])
  return { ...song, regions: Object.fromEntries(regions) }
}

/** The job that sings a phrase, as it ends. */
const sung = {
  outcome: { kind: 'audition', singerId: mira, auditionId: 'phrase', originalId: 'original' },
  failure: null,
} as unknown as Job // the rest of a job is not looked at

function hearing(auditionIds: readonly (string | null)[], project: Project | null) {
  const said: string[] = []
  const audition = {
    current: null as MediaId | null,
    play(id: MediaId) {
      this.current = id
      return Promise.resolve()
    },
    stop() {
      this.current = null
    },
  }
  const curve = auditionIds.map((auditionId, step) => ({ step, trainLoss: 1, heldOutLoss: null, auditionId }))
  const asked: string[] = []
  const call = ((name: string) => {
    asked.push(name)
    return Promise.resolve(name === 'singer:hear' ? { jobId: 'job' } : curve)
  }) as unknown as Call // answers the two verbs
  const finish = (): Promise<Job> => new Promise((done) => setImmediate(() => done(sung)))
  const hear = () => hearSinger(person, { call, finish, audition, project, say: (text) => said.push(text) })
  return { said, asked, audition, hear }
}

test('a singer who was trained here is heard with the phrase of the newest checkpoint, and stops when asked again', async () => {
  const { audition, hear } = hearing(['first', 'last', null], songOfMira())
  await hear()
  expect(audition.current).toBe(auditionMediaId(mira, 'last'))
  await hear()
  expect(audition.current).toBeNull()
})

test('one who came from elsewhere is heard in the open song', async () => {
  const { audition, hear } = hearing([], songOfMira())
  await hear()
  expect(audition.current).toBe(renderMediaId(projectId, key))
  await hear()
  expect(audition.current).toBeNull()
})

test('one of whom there is nothing to hear yet sings a phrase, says so while it is made, and stops when asked again', async () => {
  const { said, asked, audition, hear } = hearing([], null)
  await hear()
  expect(asked).toContain('singer:hear')
  expect(said).toEqual(['Mira sings a phrase; you hear it in a moment.'])
  expect(audition.current).toBe(auditionMediaId(mira, 'phrase'))
  await hear()
  expect(audition.current).toBeNull()
})
