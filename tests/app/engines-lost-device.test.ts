import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { LostDeviceStory } from '../support/engines/lost-device-child.ts'
import { softwareGpuVariables, webgpuObstacle } from '../support/engines/probe-process.ts'

const child = join(import.meta.dirname, '../support/engines/lost-device-child.ts')

test('WebGPU without memory says so and works on; without its device it says so, and the worker ends to be replaced', async ({
  skip,
}) => {
  const obstacle = webgpuObstacle()
  if (obstacle !== null) skip(obstacle)
  const env = { ...process.env, ...(await softwareGpuVariables()) }
  const { code, stdout, stderr } = await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) =>
    execFile(process.execPath, [child], { env }, (cause, stdout, stderr) =>
      resolve({ code: cause?.code ?? 0, stdout, stderr }),
    ),
  )
  const line = stdout.trim().split('\n').at(-1) ?? ''
  expect(line, stderr).toMatch(/^\{/)
  const story = JSON.parse(line) as LostDeviceStory // the child's own
  expect(story).toEqual({ isOutOfMemory: true, worksOn: true, failureCode: 'engine-device-lost' })
  expect(code).toBe(1)
  expect(stderr).toMatch(/graphics device was lost/)
})
