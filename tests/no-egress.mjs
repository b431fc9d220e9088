// Preloaded into the server of a test: whatever would leave this machine is written down and refused.
import child from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const loopback = (host) => host === undefined || /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/.test(String(host));
function refuse(what) {
	process.stderr.write(`EGRESS ${what}\n`);
	throw new Error(`Nothing may leave: ${what}`);
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
	const [first, second] = Array.isArray(args[0]) ? args[0] : args;
	const named = typeof second === 'string' ? second : undefined;
	const { path, host } = typeof first === 'object' && first !== null ? first : { path: undefined, host: named };
	if (!path && !loopback(host)) refuse(`connect ${host}`);
	return connect.apply(this, args);
};
for (const api of [dns, dns.promises])
	for (const name of Object.keys(api).filter((key) => /^(lookup|resolve|reverse)/.test(key) && typeof api[key] === 'function')) {
		const original = api[name];
		api[name] = function (host, ...rest) {
			if (!loopback(host)) refuse(`${name} ${host}`);
			return original.call(this, host, ...rest);
		};
	}
dgram.Socket.prototype.send = () => refuse('a datagram');
dgram.Socket.prototype.connect = () => refuse('a datagram');
for (const name of ['spawn', 'exec', 'execFile', 'fork', 'spawnSync', 'execSync', 'execFileSync'])
	child[name] = () => refuse(`a program by ${name}`);
syncBuiltinESMExports();
