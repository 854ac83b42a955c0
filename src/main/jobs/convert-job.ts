import { existsSync, statSync } from 'node:fs'
import { copyFile, stat } from 'node:fs/promises'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { RenderKey, SingerId } from '../../shared/base/id.ts'
import type { ComputeResult } from '../../shared/contract/compute.ts'
import type { ConversionReport, JobOutcome } from '../../shared/contract/jobs.ts'
import type { Singer } from '../../shared/contract/library.ts'
import type { Request } from '../../shared/contract/verbs.ts'
import { traitsOf } from '../../shared/project/converters.ts'
import type { Render } from '../../shared/project/model.ts'
import { renderKey } from '../../shared/project/render-key.ts'
import { joinDigests, singersHeard } from '../../shared/project/singers-heard.ts'
import { makePeaks, peaksPath, renderPath, sourcePath } from '../files/media-folder.ts'
import { writeWhole } from '../files/write-whole.ts'
import type { OpenedProject } from '../projects/open-projects.ts'
import { computeStep } from './compute-step.ts'
import { bytesToConvert, requireDisk } from './conversion-disk.ts'
import { ownEmotionModel } from './emotion-files.ts'
import { emotionDigest, ENGINE_VERSION } from '../compute/engine-version.ts'
import type { JobContext } from './job-context.ts'
import { knownPlace } from './known-place.ts'
import { keepRender, keptRender } from './kept-renders.ts'
import { singerPath as pathOfSinger } from './singer-files.ts'
import { vocoderOf } from './vocoder-files.ts'
import type { RunControl, RunEnd, Work } from './work.ts'

type ConvertRequest = Request<'project:convert'>

/** A conversion and what it is called; `cached` when the same sound exists already. */
export interface Conversion {
  readonly work: Work
  readonly cached: RunEnd | null
}

/** Prepares a conversion: the render key decides whether there is anything to do, and with whom a run is shared. */
export async function prepareConversion(request: ConvertRequest, context: JobContext): Promise<Conversion> {
  const { projects } = context
  const project = projects.get(request.projectId)
  const singers = await singersOf(request, context)
  if (!existsSync(sourcePath(project.mediaFolder, request.sourceId))) throw sourceGone(request.regionName)
  const emotion = await ownEmotionModel(request.performance, context.paths)
  const vocoder = traitsOf(singers[0]).changesEnvelopes ? await vocoderOf(request.performance, context.paths) : null
  const key = renderKey({
    sourceId: request.sourceId,
    rateHz: project.rateHz,
    sourceStartSamples: request.sourceStartSamples,
    durationSamples: request.durationSamples,
    performance: request.performance,
    singerDigest: joinDigests(singers),
    emotionDigest: emotion?.digest ?? emotionDigest(context.paths),
    engineVersion: ENGINE_VERSION,
    vocoderDigest: vocoder?.digest,
  })
  const report = await cachedReport(key, project, context)
  const isPreview = request.isPreview === true
  return {
    cached: report && { kind: 'done', outcome: outcomeOf(request, singers, report, true) },
    work: {
      kind: isPreview ? 'audition' : 'convert',
      title: `${isPreview ? 'Trying' : 'Converting'} ${request.regionName || 'a region'} for ${singers.map(({ name }) => name).join(' + ')}`,
      subject: { kind: 'region', projectId: request.projectId, regionId: request.regionId },
      lane: 'interactive',
      priority: request.priority ?? 'selected',
      shareKey: `${request.projectId}/${key}`,
      replaceKey: isPreview ? null : `${request.projectId}/${request.regionId}`,
      run: (control) =>
        convert(
          request,
          { singers, emotionFolder: emotion?.folder ?? null, vocoderPath: vocoder?.path ?? null },
          key,
          control,
          context,
        ),
    },
  }
}

/** What a conversion takes from the library. */
interface Models {
  readonly singers: readonly Singer[]
  readonly emotionFolder: string | null
  readonly vocoderPath: string | null
}

async function convert(
  request: ConvertRequest,
  { singers, emotionFolder, vocoderPath }: Models,
  key: RenderKey,
  control: RunControl,
  context: JobContext,
): Promise<RunEnd> {
  const { mediaFolder, rateHz } = context.projects.get(request.projectId)
  await requireDisk(mediaFolder, bytesToConvert(request.durationSamples, rateHz, singers.length))
  const outPath = renderPath(mediaFolder, key)
  const [singerPath, ...blendedSingerPaths] = singers.map(({ id }) => pathOfSinger(id, context.paths))
  const step = await computeStep(
    context.pool,
    'interactive',
    {
      kind: 'convert',
      request: {
        sourcePath: sourcePath(mediaFolder, request.sourceId),
        known: knownPlace(request.sourceId, context.paths),
        sourceStartSamples: request.sourceStartSamples,
        durationSamples: request.durationSamples,
        singerPath,
        blendedSingerPaths,
        performance: request.performance,
        ...(emotionFolder === null ? {} : { emotionFolder }),
        ...(vocoderPath === null ? {} : { vocoderPath }),
        outPath,
        renderKey: key,
      },
    },
    control,
    { standing: { priority: request.priority ?? 'selected', group: request.projectId } },
  )
  if (step.kind === 'paused') return step
  await makePeaks(outPath, peaksPath(mediaFolder, key))
  const project = await context.projects.follow(request.projectId, mediaFolder)
  const path = renderPath(project.mediaFolder, key)
  const report = reportOf(key, request, step.result)
  if (project.path === null) keepRender(key, path, context.paths)
  const nowMs = Date.now()
  await context.library.renders.save({
    key,
    projectId: request.projectId,
    path,
    bytes: (await stat(path)).size,
    render: renderOf(request, singers, report),
    report,
    createdAtMs: nowMs,
    usedAtMs: nowMs,
  })
  return { kind: 'done', outcome: outcomeOf(request, singers, report, false) }
}

/** The report of a render that exists: in this project, or in another or a kept one from where its sound is copied. */
async function cachedReport(
  key: RenderKey,
  { projectId, mediaFolder }: OpenedProject,
  { library, paths }: JobContext,
): Promise<ConversionReport | null> {
  const stored = await library.renders.find(key, projectId)
  if (stored === null) return null
  const path = renderPath(mediaFolder, key)
  const isWhole = (place: string | null): place is string =>
    place !== null && statSync(place, { throwIfNoEntry: false })?.size === stored.bytes
  if (!isWhole(path)) {
    // One that was cut off must not pass for a render.
    const from = [stored.path, keptRender(key, paths)].find(isWhole)
    if (from === undefined) return null
    await writeWhole(path, (passing) => copyFile(from, passing))
  }
  if (!existsSync(peaksPath(mediaFolder, key))) await makePeaks(path, peaksPath(mediaFolder, key))
  const nowMs = Date.now()
  await library.renders.save({ ...stored, projectId, path, usedAtMs: nowMs })
  return stored.report
}

const reportOf = (
  renderKey: RenderKey,
  { durationSamples, performance }: ConvertRequest,
  result: Extract<ComputeResult, { kind: 'convert' }>,
): ConversionReport => ({
  renderKey,
  durationSamples,
  semitones: result.semitones,
  medianPitchErrorCents: result.medianPitchErrorCents,
  voicingDisagreement: result.voicingDisagreement,
  levelChangeDb: result.levelChangeDb,
  timingOffsetSamples: result.timingOffsetSamples,
  clippedSampleCount: result.clippedSampleCount,
  timbre: {
    ...result.timbre,
    singers: result.timbre.singers.map((distance, index) => ({
      ...distance,
      singerId: singersHeard(performance)[index],
    })),
  },
  ...(result.course && { course: result.course }),
  renderSec: result.renderSec,
})

const outcomeOf = (
  request: ConvertRequest,
  singers: readonly Singer[],
  report: ConversionReport,
  wasCached: boolean,
): JobOutcome => ({
  kind: 'convert',
  wasCached,
  report,
  render: renderOf(request, singers, report),
})

const renderOf = (request: ConvertRequest, singers: readonly Singer[], report: ConversionReport): Render => ({
  key: report.renderKey,
  sourceStartSamples: request.sourceStartSamples,
  durationSamples: request.durationSamples,
  performance: request.performance,
  singerDigest: joinDigests(singers),
  semitones: report.semitones,
})

/** In the order of `singersHeard`. */
async function singersOf({ performance, regionName }: ConvertRequest, context: JobContext): Promise<readonly Singer[]> {
  const ids = singersHeard(performance)
  const [singer, ...others] = await Promise.all(ids.map((id, index) => singerOf(id, index > 0, regionName, context)))
  const foreign = others.find((other) => !traitsOf(other).changesEnvelopes)
  if (foreign === undefined || !traitsOf(singer).changesEnvelopes) return [singer, ...others]
  throw new FailureError(
    failure(
      'request-invalid',
      `“${foreign.name}”, who is blended into “${regionName}”, sings through a ${traitsOf(foreign).label}, and such singers can't be mixed in.`,
      'Take the singer out of the blend, or let them sing alone.',
    ),
  )
}

async function singerOf(
  singerId: SingerId,
  isBlended: boolean,
  regionName: string,
  { library }: JobContext,
): Promise<Singer> {
  const singer = await library.singers.find(singerId)
  if (singer) return singer
  throw new FailureError(
    isBlended
      ? failure(
          'singer-unknown',
          `The singer ${singerId}, who is blended into “${regionName}”, is not in the library.`,
          'Import the singer’s file, or take the singer out of the blend.',
        )
      : failure(
          'singer-unknown',
          `The singer ${singerId} is not in the library.`,
          'Import its file, or choose another.',
        ),
  )
}

const sourceGone = (regionName: string) =>
  new FailureError(
    failure('file-missing', `The audio of “${regionName}” is no longer in the project's media.`, 'Import it again.'),
  )
