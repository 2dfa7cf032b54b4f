/** What `promptlint --help` prints. */
export const help = `Finds, before a request is sent, why a prompt cache will not be read.

Usage
  promptlint [flags] [paths...]           lint files and folders (default: this folder)
  promptlint explain [flags] [paths...]   draw each request: segments, tokens, checkpoints
  promptlint rules [id]                   list the rules, or print the page of one
  promptlint init                         write a config and lines for pre-commit and CI

Rules
  --preset NAME            recommended (default) or strict
  --rule 'ID: SEVERITY'    error, warn or off for one rule; can be repeated
  --min-confidence LEVEL   certain, likely (default) or possible
  --model ID               the model of requests whose own is not known

Config
  -c, --config FILE        take this config, and look for no other
  --no-config              look for no config
  --print-config PATH      print what holds for a file

Fixes
  --fix                    apply fixes that keep what the model reads, and report what remains
  --fix-dry-run            write nothing: print the changes as a diff and what would remain; json
                           has the fixed text of each file as \`output\`
  --fix-type TYPE          safe (default), or suggestion: also what moves text or checkpoints

Report
  -f, --format NAME        pretty (default), compact, json, sarif, github, gitlab, junit or html;
                           explain: text (default), json or html
  -o, --output-file FILE   write the report to a file
  --quiet                  report errors only
  --report-unused-disable-directives
                           fail for comments that suppress nothing
  --max-warnings N         fail when there are more warnings
  --stats                  say what was parsed and which limits were reached; json lists every file
  --color, --no-color      override the terminal, NO_COLOR and FORCE_COLOR

Adoption
  --baseline FILE          do not report the findings that FILE knows
  --update-baseline        write the present findings to FILE, and take out those that are gone
  --since REF              report only what changes since REF are answerable for
  --staged                 the same for what is staged, read as it is staged
  --cache                  keep results, and take them where nothing has changed that they rest on
  --cache-location FOLDER  where to keep them (default: .promptlintcache)

  -h, --help               print this
  -v, --version            print the version

Folders are searched for code, notebooks, data and templates that .gitignore does not name; a file
that is named is linted unless a config leaves it out.

Exit code
  0  nothing found at error
  1  findings at error, or more warnings than --max-warnings
  2  the job could not be done: a wrong flag, a path that can't be read, a rule that failed
`;
