import { chmodSync, existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { openStore } from '../../../../../src/main/farm/store/open-store.ts'
import { FailureError, type Failure } from '../../../../../src/shared/base/errors.ts'
import { startObjectServer, type ObjectServer } from '../../../../support/object-server.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

let server: ObjectServer
beforeAll(async () => {
  server = await startObjectServer()
})
afterAll(() => server.stop())

const refusal = async (address: string, environment: NodeJS.ProcessEnv = {}): Promise<Failure> => {
  const thrown = await openStore(address, environment).then(
    (store) => new Error(`opened ${store.place}`),
    (error: unknown) => error,
  )
  if (!(thrown instanceof FailureError)) throw thrown
  return thrown.failure
}

test('a folder is opened by its path and by its address, and says where it is', async () => {
  const folder = temporaryFolder()
  expect((await openStore(folder)).place).toBe(`the folder ${folder}`)
  expect((await openStore(pathToFileURL(folder).href)).place).toBe(`the folder ${folder}`)
})

test('a bucket says where it is, and no credentials', async () => {
  const store = await openStore('s3://studio/songs', server.environment)
  expect(store.place).toBe(`the bucket studio at the server http://127.0.0.1:${server.port}`)
  store.close()
})

test('prefixes keep stores in one bucket apart', async () => {
  const [one, other] = [
    await openStore('s3://studio/one', server.environment),
    await openStore('s3://studio/other/deeper/', server.environment),
  ]
  await one.write('a', new Uint8Array(1))
  expect([await one.has('a'), await other.has('a')]).toEqual([true, false])
  one.close()
  other.close()
})

test.each([
  ['studio'],
  ['./studio'],
  [''],
  ['https://studio.example/bucket'],
  ['redis://studio'],
  ['file:///studio%2Fsongs'],
  ['s3://'],
  ['s3:///songs'],
  ['s3://St'],
  ['s3://studio/../songs'],
  ['s3://studio//songs'],
  ['s3://studio/songs?x=1'],
  ['s3:studio'],
])('“%s” is no address, and what would be one is told', async (address) => {
  const told = await refusal(address, server.environment)
  expect(told).toMatchObject({ code: 'store-address-invalid', message: expect.stringContaining(address) })
  expect(told.remedy).toMatch(/s3:\/\/bucket\/prefix/)
})

test.each(['s3://KEY:SECRET@studio/songs', 'https://KEY:SECRET@studio.example', 'KEY:SECRET@studio'])(
  'credentials in “%s” are not repeated',
  async (address) => {
    const told = await refusal(address)
    expect(told.code).toBe('store-address-invalid')
    expect(JSON.stringify(told)).not.toMatch(/KEY:|SECRET@/)
  },
)

test.each(['studio:9000', 'ftp://studio', 'http://KEY:SECRET@studio:9000', 'http://'])(
  'a server called “%s” is refused by the variable that names it',
  async (endpoint) => {
    const told = await refusal('s3://studio', { ...server.environment, UNDERSTUDY_S3_ENDPOINT: endpoint })
    expect(told).toMatchObject({
      code: 'store-address-invalid',
      message: expect.stringContaining('UNDERSTUDY_S3_ENDPOINT'),
    })
    expect(JSON.stringify(told)).not.toContain('SECRET')
  },
)

test('a folder that is not there is not made, and a file is no folder', async () => {
  const folder = temporaryFolder()
  const missing = join(folder, 'not-mounted')
  expect(await refusal(missing)).toMatchObject({
    code: 'store-unreachable',
    remedy: expect.stringContaining('mounted'),
  })
  expect(existsSync(missing)).toBe(false)
  const file = join(folder, 'file')
  writeFileSync(file, '')
  expect((await refusal(file)).code).toBe('store-unreachable')
})

/** Whom no right binds: tests that run as root can't be refused. */
const mayAll = process.platform === 'win32' || process.getuid?.() === 0

test.skipIf(mayAll)('a folder that may not be written to is told as that', async () => {
  const folder = temporaryFolder()
  chmodSync(folder, 0o555)
  expect((await refusal(folder)).code).toBe('folder-read-only')
})

test('what a machine that died had begun to write is cleared after a day, and not what is being written', async () => {
  const folder = temporaryFolder()
  await openStore(folder)
  const [old, fresh] = ['.object.0123456789ab.part', '.object.ba9876543210.part']
  for (const name of [old, fresh]) writeFileSync(join(folder, '.passing', name), 'half')
  utimesSync(join(folder, '.passing', old), 1_000_000, 1_000_000)
  await openStore(folder)
  expect(readdirSync(join(folder, '.passing'))).toEqual([fresh])
})

test('a bucket that is not there is told by name', async () => {
  const told = await refusal('s3://nowhere/songs', server.environment)
  expect(told).toMatchObject({ code: 'store-refused', message: expect.stringContaining('no bucket “nowhere”') })
})

test('credentials that the server does not know are told, and not repeated', async () => {
  const told = await refusal('s3://studio', {
    ...server.environment,
    AWS_ACCESS_KEY_ID: 'WRONGKEY',
    AWS_SECRET_ACCESS_KEY: 'WRONGSECRET',
  })
  expect(told).toMatchObject({ code: 'store-refused', remedy: expect.stringContaining('AWS_ACCESS_KEY_ID') })
  expect(JSON.stringify(told)).not.toMatch(/WRONGKEY|WRONGSECRET/)
})

test('credentials that are nowhere to be found are asked for by the names of their variables', async () => {
  const nowhere = join(temporaryFolder(), 'none')
  for (const name of ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE']) vi.stubEnv(name, nowhere)
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) vi.stubEnv(name, undefined)
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
  onTestFinished(() => void vi.unstubAllEnvs())
  const { UNDERSTUDY_S3_ENDPOINT } = server.environment
  const told = await refusal('s3://studio', { UNDERSTUDY_S3_ENDPOINT })
  expect(told).toMatchObject({ code: 'store-refused', remedy: expect.stringContaining('AWS_SECRET_ACCESS_KEY') })
})

test('a server where nobody listens is told by its address', async () => {
  const gone = await startObjectServer()
  await gone.stop()
  const told = await refusal('s3://studio', gone.environment)
  expect(told).toMatchObject({
    code: 'store-unreachable',
    message: `the server http://127.0.0.1:${gone.port} does not answer.`,
  })
})

/** A server that answers everything in one way. */
async function answering(status: number, body: string, headers: Record<string, string> = {}) {
  const answering = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status, headers).end(body))
  })
  await new Promise<void>((resolve) => answering.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void answering.close())
  const { port } = answering.address() as AddressInfo // of a server that listens on a port
  return { ...server.environment, UNDERSTUDY_S3_ENDPOINT: `http://127.0.0.1:${port}` }
}

const s3Error = (code: string) =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>Told by the server</Message></Error>`

test.each([
  ['another program’s page', 404, '<!doctype html><p>Not found', 'store-unreachable', /404/],
  ['a page instead of an error', 400, '<!doctype html><p>What?', 'store-unreachable', /400/],
  ['no rights', 403, s3Error('AccessDenied'), 'store-refused', /no access/],
  ['a wrong secret', 403, s3Error('SignatureDoesNotMatch'), 'store-refused', /credentials/],
  ['another region', 301, s3Error('PermanentRedirect'), 'store-refused', /region/],
  ['a clock that is off', 403, s3Error('RequestTimeTooSkewed'), 'store-refused', /clock/],
  ['a full disk', 507, s3Error('XMinioStorageFull'), 'disk-full', /room/],
])('a server that answers with %s is told as what it is', async (_what, status, body, code, words) => {
  const told = await refusal('s3://studio', await answering(status, body))
  expect([told.code, words.test(told.message), told.remedy === undefined]).toEqual([code, true, false])
})
