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
      'no-restricted-globals': [
        'error',
        { name: 'setTimeout', message: 'Use Clock.sleep (shared/runtime/clock.ts).' },
        { name: 'setInterval', message: 'Use Clock.sleep (shared/runtime/clock.ts).' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Take a Clock (shared/runtime/clock.ts) or a `now` argument.',
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
