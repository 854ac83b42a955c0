import { installNativeEngine } from './compute/native-install.ts'
import { applicationPaths, installationOf } from './paths.ts'

/** `npm run native`: installs native TensorFlow into the library's folder, for training several times faster. */
const { enginesFolder } = applicationPaths(installationOf(import.meta.url), process.env)
let lastPhase = ''
const result = await installNativeEngine({
  enginesFolder,
  onProgress: (fraction, phase) => {
    if (phase !== lastPhase) process.stdout.write(`${String(Math.round(100 * fraction)).padStart(3)} %  ${phase}\n`)
    lastPhase = phase
  },
})
if (result.ok) {
  process.stdout.write(`Native TensorFlow lies in ${result.value.folder}. “understudy backend” shows how fast it is.\n`)
} else {
  const { message, remedy, details } = result.failure
  process.stderr.write([message, remedy, details].filter((line) => line !== undefined).join('\n') + '\n')
  process.exitCode = 1
}
