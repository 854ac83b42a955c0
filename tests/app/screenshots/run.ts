/**
 * `npm run screenshots`, after `npm run build`: every screen and state of the window as pictures in out/screens, at
 * 1440 × 900 and 1120 × 700, from sound of the product's own synthesizer. Takes some minutes; single scenes are taken
 * again by their names: `npm run screenshots -- editor mixer`.
 */
import { preparePictures, screensFolder } from './camera.ts'
import { scenes } from './scenes.ts'
import { openStudio } from './studio.ts'

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in scenes))
if (unknown.length > 0) {
  process.stderr.write(`There is no scene ${unknown.join(', ')}; there are ${Object.keys(scenes).join(', ')}.\n`)
  process.exit(2)
}
preparePictures(asked.length === 0)
const studio = await openStudio(asked.length === 0)
const failed: string[] = []
for (const [name, scene] of Object.entries(scenes)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  process.stdout.write(`${name}\n`)
  try {
    await studio.play(name, scene)
  } catch (error) {
    failed.push(name)
    process.stderr.write(
      `${name} was not played to its end: ${error instanceof Error ? error.message : String(error)}\n`,
    )
  }
}
await studio.close()
process.stdout.write(`${screensFolder}\n`)
if (failed.length > 0) {
  process.stderr.write(`Not played to their end: ${failed.join(', ')}.\n`)
  process.exitCode = 1
}
