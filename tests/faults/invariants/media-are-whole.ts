import { existsSync, statSync } from 'node:fs'
import { openWavReader } from '../../../src/main/files/wav-file.ts'
import { filesBelow } from '../stage.ts'
import type { Invariant } from './invariant.ts'
import { withLibraryCopy } from './library-is-whole.ts'

interface RenderRow {
  readonly path: string
  readonly bytes: number
  readonly render: string
}

/** What is wrong with a WAV file that must hold so many samples. */
function complaintsAbout(path: string, durationSamples: number | null): string[] {
  if (!existsSync(path)) return [`${path} is not there`]
  const reader = openWavReader(path)
  reader.close()
  const { promisedSamples } = reader.header
  if (promisedSamples !== reader.durationSamples)
    return [`${path} holds ${reader.durationSamples} samples and promises ${promisedSamples}`]
  if (durationSamples !== null && durationSamples !== reader.durationSamples)
    return [`${path} holds ${reader.durationSamples} samples, and ${durationSamples} were told of`]
  return []
}

export const mediaAreWhole: Invariant = {
  claim: 'renders that the library lists are there with their length; sources and exports that were told of are whole',
  async check(stage) {
    const rows = withLibraryCopy(stage, (database) =>
      database
        .prepare<[string], RenderRow>('SELECT path, bytes, render FROM renders WHERE project_id = ?')
        .all(stage.projectId),
    )
    const renders = rows.flatMap(({ path, bytes, render }) => {
      // The library writes it so.
      const { durationSamples } = JSON.parse(render) as { durationSamples: number }
      const size = statSync(path, { throwIfNoEntry: false })?.size
      const isOfSize = size === undefined || size === bytes
      return [
        ...complaintsAbout(path, durationSamples),
        ...(isOfSize ? [] : [`${path} has ${size} bytes, listed are ${bytes}`]),
      ]
    })
    const { missingSourceIds } = await stage.ask('project:open', { path: stage.songPath })
    const told = [...stage.ledger.exports].flatMap(([path, samples]) => complaintsAbout(path, samples))
    const others = filesBelow(stage.outFolder).filter(
      (path) => path.endsWith('.wav') && !stage.ledger.exports.has(path),
    )
    return [
      ...renders,
      ...missingSourceIds.map((id) => `the source ${id} is gone`),
      ...told,
      ...others.flatMap((path) => complaintsAbout(path, null)),
    ]
  },
}
