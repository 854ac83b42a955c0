import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openPageLine } from '../../../../../src/main/compute/engines/page-line.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

test('what somebody else’s page sends to a worker’s page ends neither', async () => {
  const line = await openPageLine(temporaryFolder())
  onTestFinished(() => line.close())
  line.ready.catch(() => {}) // no page ever comes
  const port = Number(new URL(line.address).port)
  const say = async (head: string) => {
    const stream = connect(port, '127.0.0.1')
    stream.on('error', () => {})
    let heard = ''
    stream.on('data', (part) => (heard += String(part)))
    stream.end(head)
    await once(stream, 'close')
    return heard.split('\r\n')[0]
  }
  const host = `Host: 127.0.0.1:${port}\r\n`
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n'
  for (const address of ['//', '//x:99999999']) {
    expect(await say(`GET ${address} HTTP/1.1\r\n${host}\r\n`)).toBe('HTTP/1.1 404 Not Found')
    expect(await say(`GET ${address} HTTP/1.1\r\n${host}${upgrade}\r\n`)).toBe('')
  }
  expect(await say(`GET /line?word=guessed HTTP/1.1\r\n${host}${upgrade}\r\n`)).toBe('')
})
