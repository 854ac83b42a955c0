import { join } from 'node:path'
import { openStudio, wholeSource } from './studio.ts'

/**
 * A host in a process of its own, to be killed in the middle of what it was asked for. It tells on standard output
 * how far it got. Its home and its files lie in the folder of the first argument.
 */
const [folder, doing] = process.argv.slice(2)
const tell = (line: string): void => void process.stdout.write(`${line}\n`)
const studio = await openStudio(join(folder, 'home'))

if (doing === 'train') {
  const files = ['clip 1.wav', 'clip 2.wav'].map((name) => ({ kind: 'path' as const, path: join(folder, name) }))
  const { clips } = await studio.outcome('inspect', await studio.ask('singer:inspectClips', { files }))
  const clipIds = clips.map(({ clipId }) => clipId)
  const request = {
    name: 'Bruno',
    hueIndex: 1,
    consent: 'a synthesized voice',
    clipIds,
    preset: 'quick',
    seed: 7,
  } as const
  const training = await studio.ask('singer:train', request)
  await studio.heard((event) => event.kind === 'training-progressed')
  await studio.ask('jobs:pause', training)
  await studio.ended(training)
  await studio.ask('jobs:resume', training)
  await studio.heard((event) => event.kind === 'training-progressed')
  tell('learning')
} else {
  const file = { kind: 'path' as const, path: join(folder, 'mira.singer') }
  const singer = await studio.ask('singer:import', { file })
  const project = await studio.ask('project:create', { name: 'Song', rateHz: 24_000 })
  const { projectId } = project
  const source = await studio.importPath(projectId, join(folder, 'long.wav'))
  const document = { ...project.document, sources: { [source.id]: source } }
  await studio.ask('project:save', { projectId, document, path: join(folder, 'Song') })
  await studio.ask('project:autosave', { projectId, document: { ...document, name: 'Song, edited' }, editCount: 1 })
  const converting = await studio.ask('project:convert', wholeSource(project, source, singer))
  await studio.underWay(converting)
  const files = [{ kind: 'path' as const, path: join(folder, 'import.wav') }]
  const importing = await studio.ask('project:import', { projectId, files, acceptsTruncated: false })
  await studio.underWay(importing)
  tell('working')
}
