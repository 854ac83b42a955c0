import { expect, test } from 'vitest'
import { contentSecurityPolicy } from '../../../../src/main/page/content-security-policy.ts'

const policy = contentSecurityPolicy({ connect: ['media:'], media: ['media:'] })

test('the page runs only scripts of its own, and connects to nothing outside', () => {
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("style-src 'self';")
  expect(policy).toContain("connect-src 'self' media:;")
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
})

test('whatever has no rule of its own is refused, also being framed and sending forms', () => {
  for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'"]) {
    expect(policy).toContain(rule)
  }
})
