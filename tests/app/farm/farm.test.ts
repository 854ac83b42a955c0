import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { JobId, RegionId } from '../../../src/shared/base/id.ts'
import { renderMediaId } from '../../../src/shared/contract/media.ts'
import type { OpenProject } from '../../../src/shared/contract/verbs.ts'
import type { Source } from '../../../src/shared/project/model.ts'
import { startObjectServer } from '../../support/object-server.ts'
import { openStudio, wholeSource, type Studio } from '../../support/studio.ts'
import { farmBinary, openWorkingFarm, type WorkingFarm } from '../../support/working-farm.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { sungVoice, writeVoice } from '../../support/sung-voice.ts'

/** Real servers, real workers in processes of their own, and a program that has work for them. */
describe.skipIf(farmBinary === null)('with machines at a queue', () => {
  let farm: WorkingFarm
  /** What this machine makes by itself of the same requests. */
  let own: Conversions

  beforeAll(async () => {
    farm = await openWorkingFarm()
    const alone = await openStudio(farm.newHome('alone'))
    own = await openConversions(alone)
    for (const semitones of [0, 2, 3, 4, 5]) await own.convert(semitones)
    await alone.close()
  })
  afterAll(() => farm.close())

  interface Conversions {
    /** Asks for the whole source, moved by so many semitones: each a request of its own. */
    ask(semitones: number): Promise<JobId>
    /** The same, until it is there; its samples as bytes. */
    convert(semitones: number): Promise<Buffer>
    rendered(jobId: JobId): Promise<Buffer>
    made: Map<number, Buffer>
  }

  async function openConversions(studio: Studio): Promise<Conversions> {
    const project: OpenProject = await studio.ask('project:create', { name: 'Song', rateHz: 24_000 })
    const path = writeVoice(join(farm.folder, 'lead.wav'), [sungVoice('lead').subarray(0, 3 * 24_000)])
    const source: Source = await studio.importPath(project.projectId, path)
    const [singer] = await studio.ask('singer:list', {})
    const made = new Map<number, Buffer>()
    const conversions: Conversions = {
      made,
      async ask(semitones) {
        const whole = wholeSource(project, source, singer)
        const performance = { ...whole.performance, transposition: { kind: 'semitones' as const, semitones } }
        return (await studio.ask('project:convert', { ...whole, regionId: regionOf(semitones), performance })).jobId
      },
      async convert(semitones) {
        const bytes = await conversions.rendered(await conversions.ask(semitones))
        made.set(semitones, bytes)
        return bytes
      },
      async rendered(jobId) {
        const { report } = await studio.outcome('convert', { jobId })
        const path = await studio.application.media(renderMediaId(project.projectId, report.renderKey))
        if (!path.ok) throw new Error(path.failure.message)
        return readFileSync(path.value)
      },
    }
    return conversions
  }

  async function openAsker(
    address = farm.address,
  ): Promise<{ readonly studio: Studio; readonly conversions: Conversions }> {
    const studio = await openStudio(farm.newHome('asker'), address)
    onTestFinished(() => studio.close())
    return { studio, conversions: await openConversions(studio) }
  }
  /** Somebody works on the job: not only that its sound was sent. */
  const isWorkedOn = (studio: Studio, jobId: JobId) =>
    studio.heard((event) => event.kind === 'job-changed' && event.job.id === jobId && event.job.fraction > 0.12)

  test('another machine makes the same sound, bit for bit, and this one computes nothing', async () => {
    await farm.lastingWorker()
    const { studio, conversions } = await openAsker()
    expect((await conversions.convert(0)).equals(bytesOf(own, 0))).toBe(true)
    expect(studio.workersStarted()).toBe(0)
    const state = await studio.ask('farm:describe', {})
    expect(state).toMatchObject({ trouble: null, counts: { waiting: 0, active: 0, failed: 0 } })
    expect(state?.workers).toMatchObject([{ isOfThisVersion: true, failedCount: 0 }])
  })

  test('what a machine that dies had in hand is taken over by another, and comes out once and equal', async () => {
    await farm.lastingWorker()
    const { studio, conversions } = await openAsker()
    const jobId = await conversions.ask(2)
    await isWorkedOn(studio, jobId)
    farm.killLastingWorker()
    await farm.lastingWorker()
    expect((await conversions.rendered(jobId)).equals(bytesOf(own, 2))).toBe(true)
    expect((await studio.jobOf(jobId)).state).toBe('done')
  })

  test('a queue that dies and forgets everything loses nothing that was asked for', async () => {
    await farm.lastingWorker()
    const { studio, conversions } = await openAsker()
    const asked = [await conversions.ask(3), await conversions.ask(4)]
    await isWorkedOn(studio, asked[0])
    await farm.redis.kill()
    await farm.redis.start()
    for (const [index, semitones] of [3, 4].entries()) {
      expect((await conversions.rendered(asked[index])).equals(bytesOf(own, semitones))).toBe(true)
    }
  })

  test('what is taken back is worked on no longer, and the next thing is done', async () => {
    await farm.lastingWorker()
    const { studio, conversions } = await openAsker()
    const unwanted = await conversions.ask(7)
    await isWorkedOn(studio, unwanted)
    await studio.ask('jobs:cancel', { jobId: unwanted })
    expect((await studio.ended({ jobId: unwanted })).state).toBe('cancelled')
    expect((await conversions.convert(5)).equals(bytesOf(own, 5))).toBe(true)
    expect((await studio.ask('farm:describe', {}))?.counts.active).toBe(0)
  })

  test('what was made for one is there for another who asks the same, without any machine', async () => {
    farm.killLastingWorker()
    const { conversions } = await openAsker()
    expect((await conversions.convert(5)).equals(bytesOf(own, 5))).toBe(true)
  })

  test('the bytes may as well travel through an S3-compatible server', async () => {
    const server = await startObjectServer()
    onTestFinished(() => server.stop())
    Object.assign(process.env, server.environment)
    onTestFinished(() => {
      for (const name of Object.keys(server.environment)) Reflect.deleteProperty(process.env, name)
    })
    const address = { queue: farm.redis.url, store: 's3://studio/songs' }
    await farm.startWorker(address)
    const { conversions } = await openAsker(address)
    expect((await conversions.convert(2)).equals(bytesOf(own, 2))).toBe(true)
  })

  test('a store whose contents are gone is told to whoever asks for them, and filled again', async () => {
    const { conversions } = await openAsker()
    rmSync(join(farm.address.store, 'pieces'), { recursive: true, force: true })
    await farm.startWorker()
    expect((await conversions.convert(5)).equals(bytesOf(own, 5))).toBe(true)
  })
})

test('a queue that is not there is told with its address and without its password', async () => {
  const folder = temporaryFolder()
  const studio = await openStudio(join(folder, 'home'), {
    queue: 'redis://someone:secret@127.0.0.1:9',
    store: folder,
  })
  onTestFinished(() => studio.close())
  const state = await studio.ask('farm:describe', {})
  expect(state?.trouble).toMatchObject({ code: 'queue-unreachable' })
  expect(JSON.stringify(state)).toContain('redis://127.0.0.1:9')
  expect(JSON.stringify(state)).not.toContain('secret')
})

const regionOf = (semitones: number) => `region${semitones}` as RegionId // any letters will do for an id
const bytesOf = ({ made }: { made: Map<number, Buffer> }, semitones: number): Buffer => {
  const bytes = made.get(semitones)
  if (bytes === undefined) throw new Error(`nothing was made at ${semitones}`)
  return bytes
}
