import { existsSync, statSync, truncateSync } from 'node:fs'
import { renderPath } from '../../../src/main/files/media-folder.ts'
import type { RenderKey } from '../../../src/shared/base/id.ts'
import { convertPart } from '../acts/convert.ts'
import type { Stage } from '../stage.ts'
import type { Fault } from './fault.ts'

/** It must not be heard as if it were whole; asked for again, it is made again. */
async function listenAgain(stage: Stage, key: RenderKey, wholeBytes: number): Promise<readonly string[]> {
  const complaints: string[] = []
  const heard = await stage.host().media(`project/${stage.projectId}/render/${key}`)
  if (heard.status === 200 && heard.byteCount < wholeBytes)
    complaints.push(`a render that was cut off is played: ${heard.byteCount} of ${wholeBytes} bytes`)
  const request = stage.ledger.renders.get(key)
  if (request === undefined) return complaints
  await convertPart(stage, { ...request, projectId: stage.projectId })
  const { size } = statSync(renderPath(stage.mediaFolder, key))
  if (size !== wholeBytes)
    complaints.push(`a render that was cut off was not made again: ${size} of ${wholeBytes} bytes`)
  return complaints
}

export const renderTruncated: Fault = {
  kind: 'render-truncated',
  what: 'a render is cut off',
  async inject(stage, random) {
    const keys = [...stage.ledger.renders.keys()].filter((key) => existsSync(renderPath(stage.mediaFolder, key)))
    if (keys.length === 0) return { detail: 'there was none' }
    const key = keys[random.integer(keys.length)]
    const path = renderPath(stage.mediaFolder, key)
    const { size } = statSync(path)
    const left = random.integer(size - 1)
    truncateSync(path, left)
    return { detail: `${left} of ${size} bytes are left`, aftermath: () => listenAgain(stage, key, size) }
  },
}
