using Navi.Cli;
using Navi.Cli.Commands;
using Navi.Portable.Host;

using var signals = new ProcessSignals();
return await CommandLine.RunAsync(args, new CliContext(), signals.Asked);
