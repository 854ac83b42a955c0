import { failure, FailureError } from '../../shared/base/errors.ts'
import { mintId, type SingerId, type SourceId } from '../../shared/base/id.ts'
import type { Request, Response } from '../../shared/contract/verbs.ts'
import type { WaveformChoice } from '../../shared/contract/waveform.ts'
import { sliceClips } from '../jobs/slice-clips.ts'
import { trainWork } from '../jobs/train-job.ts'
import type { TrainingSinger } from '../jobs/training-request.ts'
import type { VerbContext } from './context.ts'
import { requireFreeName } from './free-name.ts'

type Asked = Request<'singer:train'>
type AskedSinger = Pick<Asked, 'name' | 'hueIndex' | 'consent' | 'owner' | 'clipIds' | 'slices'>

/** Starts a training of one singer, or of several together; what is wrong with one of them is told before anything starts. */
export async function startTraining(asked: Asked, context: VerbContext): Promise<Response<'singer:train'>> {
  const { beside = [], preset, seed, method = 'automatic', published, waveform, ...own } = asked
  const wanted: readonly AskedSinger[] = [own, ...beside]
  requireSensible(wanted, method)
  if (waveform !== undefined) await requireWaveform(wanted, waveform, published !== undefined, context)
  if (published !== undefined && method !== 'joint') {
    throw invalid('Parts of the published training are for singers who learn jointly.', 'Leave them out.')
  }
  await requireFreeNames(wanted, context)
  const [first, ...others] = await Promise.all(wanted.map((singer) => singerFor(singer, wanted, context)))
  const jobId = context.queue.add(
    trainWork(
      {
        ...first,
        ...(others.length === 0 ? {} : { beside: others }),
        preset,
        method,
        ...(published === undefined ? {} : { published }),
        ...(waveform === undefined ? {} : { waveform }),
        seed,
        createdAtMs: Date.now(),
      },
      context,
    ),
  )
  return { jobId, singerId: first.singerId, besideIds: others.map(({ singerId }) => singerId) }
}

/** What is wrong whatever the library holds. */
function requireSensible(wanted: readonly AskedSinger[], method: NonNullable<Asked['method']>): void {
  if (method === 'joint' && wanted.length === 1) {
    throw invalid(
      `“${wanted[0].name}” is alone, and learning jointly takes two singers at least.`,
      'Add another singer.',
    )
  }
  if (wanted.length > 1 && (method === 'enroll' || method === 'scratch')) {
    throw invalid('Several singers at once are learned jointly, or automatically.', 'Start a training for each.')
  }
  const names = wanted.map(({ name }) => name.toLowerCase())
  const twice = wanted.find(({ name }, index) => names.indexOf(name.toLowerCase()) !== index)
  if (twice !== undefined)
    throw invalid(`Two of the singers are called “${twice.name}”.`, 'Give each a name of its own.')
  const owners = new Map<SourceId, string>()
  for (const { name, clipIds } of wanted) {
    for (const clipId of clipIds) {
      const other = owners.get(clipId)
      if (other !== undefined && other !== name) {
        throw invalid(
          `The same clip is given for “${other}” and for “${name}”: they would become one voice.`,
          'Take it away from one of them.',
        )
      }
      owners.set(clipId, name)
    }
  }
}

/** Its encoder learns to leave out who sings by hearing several; the published parts are its own anyway. */
async function requireWaveform(
  wanted: readonly AskedSinger[],
  { addedTo }: WaveformChoice,
  hasPublishedParts: boolean,
  { library }: VerbContext,
): Promise<void> {
  if (addedTo !== undefined) {
    if (wanted.length > 1)
      throw invalid(
        `One singer at a time is added to a model; ${wanted.length} are named.`,
        'Add them one after the other.',
      )
    const singer = await library.singers.find(addedTo)
    if (singer === null)
      throw new FailureError(
        failure('not-found', 'The singer whose model gets one more is not in the library.', 'Choose another singer.'),
      )
    if (singer.converter !== 'waveform')
      throw invalid(`“${singer.name}” sings by no waveform model.`, 'Name a singer who was learned in one.')
  } else if (wanted.length === 1) {
    throw invalid(
      `“${wanted[0].name}” is alone, and a waveform model takes two singers at least.`,
      'Add another singer.',
    )
  }
  if (hasPublishedParts) throw invalid('A waveform model has every published part already.', 'Leave them out.')
}

async function singerFor(
  { name, hueIndex, consent, owner, clipIds, slices }: AskedSinger,
  wanted: readonly AskedSinger[],
  { library, random }: VerbContext,
): Promise<TrainingSinger> {
  const clips = await Promise.all(clipIds.map((clipId) => library.clips.find(clipId)))
  const known = clips.filter((clip) => clip !== null)
  if (known.length < clips.length) {
    const whose = wanted.length === 1 ? '' : ` for “${name}”`
    const missing = clips.length - known.length
    throw new FailureError(
      failure(
        'not-found',
        `${missing} of the ${clips.length} clips${whose} are not in the library.`,
        'Check the clips again.',
      ),
    )
  }
  return {
    singerId: mintId<SingerId>(random),
    name,
    hueIndex,
    consent,
    ...(owner === undefined ? {} : { owner }),
    clipIds: [...new Set(clipIds)],
    ...sliceClips(known, slices),
  }
}

async function requireFreeNames(wanted: readonly AskedSinger[], context: VerbContext): Promise<void> {
  const taken = (await context.library.singers.list()).map(({ name }) => name)
  for (const { name } of wanted) requireFreeName(name, { kind: 'singer', taken }, context)
}

const invalid = (message: string, remedy: string) => new FailureError(failure('request-invalid', message, remedy))
