using Microsoft.Extensions.Logging;
using Navi.Platform.Files;
using Navi.Platform.Telemetry.Logs;

namespace Navi.Cli.Connect;

/// <summary>Appends log lines to one file, which several processes may share; it starts anew above a size. A log that can't be written never stops the work.</summary>
internal sealed class FileLoggerProvider(string path) : ILoggerProvider, ISupportExternalScope
{
    private const long Largest = 10 * 1024 * 1024;
    private readonly Lock gate = new();
    private StreamWriter? writer;
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();
    private bool broken;

    public ILogger CreateLogger(string categoryName) => new FileLogger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
        lock (gate)
        {
            writer?.Dispose();
            writer = null;
            broken = true;
        }
    }

    private void Write(string line)
    {
        lock (gate)
        {
            if (broken)
                return;
            try
            {
                writer ??= Open();
                writer.WriteLine(line);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                broken = true;
            }
        }
    }

    private StreamWriter Open()
    {
        PrivateFiles.MakeDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path) && new FileInfo(path).Length > Largest)
            File.Move(path, path + ".1", overwrite: true);
        var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, UnixCreateMode = PrivateFiles.OwnerOnly,
        });
        return new StreamWriter(stream) { AutoFlush = true };
    }

    private sealed class FileLogger(FileLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => provider.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => provider.Write(LogLine.Write(TimeProvider.System.GetUtcNow(), logLevel, category, eventId, state, exception, formatter, provider.scopes));
    }
}
