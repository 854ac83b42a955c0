import { writeProjectFile } from '../../../../src/main/files/project-file.ts'
import { smallSong } from '../../../support/documents.ts'

// A process of its own that saves one project over and over until it is killed.
for (let count = 0; ; count++) {
  writeProjectFile(process.argv[2], { ...smallSong(), name: `save ${count} ${'long '.repeat(count % 50)}` })
  process.stdout.write(`${count}\n`)
  await new Promise(setImmediate)
}
