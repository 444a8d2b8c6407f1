namespace Navi.Cli.Connect;

/// <summary>How a host inside this process is started.</summary>
/// <param name="Urls">Where it listens.</param>
/// <param name="RunWorkers">Whether it moves tasks on.</param>
/// <param name="DrainTimeout">How long running work may take to end when the process stops; what does not end is done again by the next process.</param>
/// <param name="LogToScreen">Log to standard error as well as to the log file.</param>
internal sealed record LocalHostOptions(string Urls, bool RunWorkers, TimeSpan DrainTimeout, bool LogToScreen = false);
