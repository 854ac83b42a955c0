import { mintId, type RegionId } from '../../shared/base/id.ts'
import { createRandom } from '../../shared/base/random.ts'
import type { ConversionReport } from '../../shared/contract/jobs.ts'
import { renderMediaId } from '../../shared/contract/media.ts'
import { bandLimitOf } from '../../shared/project/converters.ts'
import { samplesToSeconds } from '../../shared/units/time.ts'
import type { Application } from '../application.ts'
import type { Priority } from '../compute/workers/standing.ts'
import { followJob, type Following } from './follow-job.ts'
import { withPassingProject } from './open-passing.ts'
import type { AskedSinging } from './performance-options.ts'
import { request } from './request.ts'
import { writeSound, type SoundForm } from './write-sound.ts'

export interface ConvertedFile {
  readonly report: ConversionReport
  readonly rateHz: number
  /** The render was there from before. */
  readonly wasCached: boolean
}

/** Has a whole file sung and written down, with exactly its samples. */
export function convertFile(
  application: Application,
  file: string,
  out: string,
  { performance, priority = 'selected' }: AskedSinging & { readonly priority?: Priority },
  form: SoundForm,
  following: Following,
): Promise<ConvertedFile> {
  return withPassingProject(application, file, following, async ({ projectId, source, rateHz }) => {
    const { jobId } = await request(application, 'project:convert', {
      projectId,
      regionId: mintId<RegionId>(createRandom(performance.seed)),
      regionName: source.name.slice(0, 120),
      sourceId: source.id,
      sourceStartSamples: 0,
      durationSamples: source.durationSamples,
      performance,
      priority,
    })
    const { report, wasCached } = await followJob(application, jobId, 'convert', following)
    await writeSound(application, renderMediaId(projectId, report.renderKey), out, form)
    return { report, rateHz, wasCached }
  })
}

/** One line of what became of a file. */
export function conversionWords(out: string, { singers, performance }: AskedSinging, converted: ConvertedFile): string {
  const { report, rateHz, wasCached } = converted
  const effort = wasCached ? 'as it was rendered before' : `in ${report.renderSec.toFixed(1)} s`
  const seconds = samplesToSeconds(report.durationSamples, rateHz)
  const shift = `${signed(report.semitones)} semitones`
  const limits = singers.flatMap((singer) => bandLimitOf(singer, performance) ?? [])
  const band = limits.length === 0 ? '' : `, up to ${Math.min(...limits) / 1000} kHz`
  const names = singers.map(({ name }) => name).join(' + ')
  return `${out}: ${seconds.toFixed(2)} s sung by ${names}, ${shift}${band}, ${effort}.\n`
}

const signed = (value: number): string => (value > 0 ? `+${value}` : `${value}`)
