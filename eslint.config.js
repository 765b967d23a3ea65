import js from '@eslint/js';
import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

/** What may not be reached for directly, and what to use instead: the world comes in as arguments. */
const THE_WORLD = [
  { object: 'Date', property: 'now', message: 'Take a Clock (shared/runtime/clock.ts) or a `now` argument.' },
  { object: 'Math', property: 'random', message: 'Take a `random` argument.' },
  {
    object: 'process',
    property: 'env',
    message: 'Take the environment as an argument; only entry points read it.',
  },
];

const TIMERS = ['setTimeout', 'setInterval'].map((name) => ({
  name,
  message: 'Use Clock.sleep (shared/runtime/clock.ts).',
}));

const NEW_DATE = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: 'Take a Clock (shared/runtime/clock.ts) or a `now` argument.',
};

/** Tests that take no clock: functions as deployed and the AWS emulator go by the clock of the system. */
const REAL_TIME_TESTS = ['deployed', 'docs', 'emulator', 'lambdas', 'readers'].map(
  (folder) => `test/${folder}/**`,
);

export default tseslint.config(
  { ignores: ['node_modules/', 'demo/', 'coverage/', 'cdk.out/', '.artifacts/', '.mutation/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['shared/**/*.ts', 'cli/**/*.ts', 'lambdas/**/*.ts'],
    ignores: ['shared/runtime/**'],
    rules: {
      'no-restricted-properties': ['error', ...THE_WORLD],
      'no-restricted-globals': ['error', ...TIMERS],
      'no-restricted-syntax': ['error', NEW_DATE],
    },
  },
  {
    files: ['test/**/*.ts'],
    ignores: REAL_TIME_TESTS,
    rules: {
      'no-restricted-properties': ['error', ...THE_WORLD.filter(({ object }) => object === 'Date')],
      'no-restricted-globals': ['error', ...TIMERS],
      'no-restricted-syntax': ['error', NEW_DATE],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'node:timers/promises',
              importNames: ['setTimeout', 'setInterval'],
              message: 'Give a clock, or wait for the event itself.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**/*.test.ts'],
    ...jest.configs['flat/recommended'],
    rules: {
      ...jest.configs['flat/recommended'].rules,
      'jest/no-focused-tests': 'error',
      'jest/no-disabled-tests': 'error',
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
      'jest/no-conditional-expect': 'off',
      'jest/no-standalone-expect': 'off',
    },
  },
);
