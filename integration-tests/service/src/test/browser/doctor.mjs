/*
 * Makes the picture of `secrets doctor`: runs it on a terminal, in a home with a flaw, and renders what it wrote.
 *
 *   node doctor.mjs CHROMIUM DIRECTORY-OF-THE-LAUNCHER PICTURE
 */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const [executablePath, launcher, picture] = process.argv.slice(2);
const COLORS = {31: '#ff6b68', 32: '#7ec699', 33: '#e5c07b', 1: '#ffffff', 2: '#8b949e', 36: '#7dcfff'};

const home = path.join('/tmp', 'ada');
fs.mkdirSync(home);
try {
    const environment = {HOME: home, PATH: launcher + ':/usr/bin:/bin', TERM: 'xterm-256color', LANG: 'C.UTF-8'};
    const run = (...command) => execFileSync(command[0], command.slice(1), {cwd: home, env: environment, stdio: 'pipe'});
    const key = path.join(home, '.config/sops/age/keys.txt');
    run('token-storage', 'secrets', 'init');
    fs.writeFileSync(path.join(home, 'response.json'), '{"access_token": "at", "refresh_token": "rt", "expires_in": 3600}');
    run('token-storage', 'auth', 'import', 'github', 'response.json');
    run('token-storage', 'auth', 'import', 'corp.example', 'response.json');
    fs.chmodSync(key, 0o644);
    const file = path.join(home, '.config/kstlib/auth/tokens/corp.example.token.sops.json');
    fs.chmodSync(file, 0o600);
    fs.truncateSync(file, 900);
    // On a terminal, for its colours; it ends with 1 because of the flaws
    const doctor = spawnSync('script', ['-qec', 'token-storage secrets doctor', '/dev/null'], {cwd: home, env: environment});
    const lines = doctor.stdout.toString().replace(/\r/g, '').replaceAll(home, '/home/ada').trimEnd().split('\n');
    await render(['$ token-storage secrets doctor', ...lines]);
} finally {
    fs.rmSync(home, {recursive: true});
}

async function render(lines) {
    const escaped = text => text.replace(/[&<>]/g, c => '&#' + c.charCodeAt(0) + ';');
    const colored = line => escaped(line).replace(/\u001b\[([\d;]*)m/g, (all, codes) => {
        const color = codes.split(';').map(code => COLORS[code]).filter(Boolean).pop();
        return '</span><span' + (color ? ` style="color:${color}"` : '') + '>';
    });
    const browser = await chromium.launch({executablePath, args: ['--no-sandbox']});
    const page = await browser.newPage({viewport: {width: 1060, height: 400}});
    await page.setContent(`<style>
        body { margin: 0; background: transparent; }
        pre { display: inline-block; margin: 0; padding: 14px 18px; width: 1020px; box-sizing: border-box; border-radius: 8px;
              background: #161b22; color: #c9d1d9; font: 13px/1.5 "DejaVu Sans Mono", monospace; white-space: pre-wrap;
              overflow-wrap: anywhere; }
        div { padding-left: 4ch; text-indent: -4ch; }
        </style><pre>${lines.map(line => `<div><span>${colored(line)}</span></div>`).join('')}</pre>`);
    await page.locator('pre').screenshot({path: picture, omitBackground: true});
    await browser.close();
}
