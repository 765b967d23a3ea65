import { describe, expect, it } from '@jest/globals';
import { type Environment, readEnvironment } from '../../../shared/runtime/environment.ts';

const CREDENTIALS: Environment = {
  ZOOM_ACCOUNT_ID: 'account',
  ZOOM_CLIENT_ID: 'client',
  ZOOM_CLIENT_SECRET: 'secret',
};

const problemOf = (environment: Environment): string => {
  try {
    readEnvironment(environment);
  } catch (error) {
    expect(error).toMatchObject({ name: 'ConfigurationError', reason: 'environment' });
    return (error as Error).message;
  }
  return '';
};

describe('the environment', () => {
  it('needs the credentials and nothing else', () => {
    expect(readEnvironment(CREDENTIALS)).toEqual({
      ...CREDENTIALS,
      ZOOM_OAUTH_URL: 'https://zoom.us/oauth',
      ZOOM_REQUESTS_PER_SECOND: 8,
      ZOOM_TIMEOUT_SECONDS: 30,
    });
  });

  it('treats an empty variable as one that is not set', () => {
    const read = readEnvironment({ ...CREDENTIALS, ZOOM_API_URL: '', ZOOM_REQUESTS_PER_SECOND: '' });

    expect(read).toEqual(readEnvironment(CREDENTIALS));
  });

  it('removes blanks around credentials, which copying from a web page adds', () => {
    const read = readEnvironment({ ...CREDENTIALS, ZOOM_CLIENT_SECRET: ' secret\n' });

    expect(read.ZOOM_CLIENT_SECRET).toBe('secret');
  });

  it('is reported with all missing variables at once, and where to get them', () => {
    const problem = problemOf({});

    for (const name of Object.keys(CREDENTIALS)) expect(problem).toContain(`  ${name} is not set: `);
    expect(problem).toContain('App Marketplace');
  });

  it.each([
    ['ZOOM_CLIENT_ID', '   ', /ZOOM_CLIENT_ID is empty/],
    ['ZOOM_REQUESTS_PER_SECOND', 'fast', /ZOOM_REQUESTS_PER_SECOND must be a number/],
    ['ZOOM_REQUESTS_PER_SECOND', '0', /ZOOM_REQUESTS_PER_SECOND must be more than 0/],
    ['ZOOM_REQUESTS_PER_SECOND', '-1', /must be more than 0/],
    ['ZOOM_REQUESTS_PER_SECOND', '1001', /must be at most 1000/],
    ['ZOOM_TIMEOUT_SECONDS', '0', /ZOOM_TIMEOUT_SECONDS must be more than 0/],
    ['ZOOM_TIMEOUT_SECONDS', '601', /must be at most 600/],
  ])('says what is wrong with %s="%s"', (name, value, says) => {
    expect(problemOf({ ...CREDENTIALS, [name]: value })).toMatch(says);
  });

  it('never repeats a value', () => {
    const problem = problemOf({ ZOOM_CLIENT_SECRET: 'hush', ZOOM_TIMEOUT_SECONDS: 'hush' });

    expect(problem).not.toContain('hush');
  });
});
