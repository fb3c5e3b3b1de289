/*
 * What `npm start` and `npm test` run first, on whatever Node the machine has. Old syntax on purpose:
 * it must be able to say that this Node is too old. It installs, then hands over to Node 24 from node_modules.
 *
 *   node scripts/bootstrap.cjs demo|check [arguments]
 */
"use strict";
var childProcess = require("child_process");
var fs = require("fs");
var path = require("path");

var root = path.resolve(__dirname, "..");
var node = path.join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
var pnpm = "pnpm@12.4.2";
var oldest = 20;

function stop(message) {
  process.stderr.write("portico: " + message + "\n");
  process.exit(1);
}

function firstError(output) {
  var lines = output.split("\n").filter(function (line) {
    return /ERR|error|E[A-Z]{4,}/.test(line);
  });
  return (lines[0] || output.trim().split("\n").pop() || "no output").trim();
}

function isOffline(output) {
  return /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|META_FETCH_FAIL|FETCH_ERROR/.test(output);
}

function isWritable(folder) {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return true;
  } catch (error) {
    return false;
  }
}

function install(done) {
  if (!isWritable(root)) {
    if (fs.existsSync(node)) return done();
    stop("cannot write to " + root + ", where the dependencies go.");
  }

  var output = "";
  var slow = setTimeout(function () {
    process.stderr.write("portico: installing what is missing …\n");
  }, 4000);
  var args = ["-y", pnpm, "install", "--prefer-offline", "--config.confirmModulesPurge=false"];
  var child = childProcess.spawn("npx", args, { cwd: root, shell: process.platform === "win32" });
  function keep(text) {
    output += text;
  }
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  child.on("error", function (error) {
    stop("npx did not start (" + error.message + "); npm must be on the PATH.");
  });
  child.on("close", function (code) {
    clearTimeout(slow);
    if (code === 0) return done();
    stop("the dependencies could not be installed" + (isOffline(output) ? "; is the npm registry reachable? " : ": ") + firstError(output));
  });
}

function handOver(script, args) {
  var bin = path.join(root, "node_modules", ".bin");
  var env = Object.assign({}, process.env, { PATH: bin + path.delimiter + process.env.PATH });
  var file = path.join(root, "scripts", script + ".ts");
  var child = childProcess.spawn(node, [file].concat(args), { cwd: root, env: env, stdio: "inherit" });
  ["SIGINT", "SIGTERM", "SIGHUP"].forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal);
    });
  });
  child.on("error", function (error) {
    stop("Node 24 from node_modules did not start: " + error.message);
  });
  child.on("close", function (code, signal) {
    process.exit(code === null ? (signal === "SIGINT" ? 130 : 143) : code);
  });
}

if (Number(process.versions.node.split(".")[0]) < oldest) {
  stop("Node " + process.versions.node + " is too old: Portico needs Node " + oldest + " or newer.");
} else {
  install(function () {
    handOver(process.argv[2], process.argv.slice(3));
  });
}
