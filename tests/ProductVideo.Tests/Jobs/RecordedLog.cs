using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ProductVideo.Tests.Jobs;

/// <summary>Keeps what is logged from Information on.</summary>
internal sealed class RecordedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IReadOnlyList<(LogLevel Level, string Text)> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public ILogger<T> Of<T>()
    {
        var factory = new LoggerFactory([this]);
        return factory.CreateLogger<T>();
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            _lines.Enqueue((logLevel, formatter(state, exception)));
    }

    public void Dispose()
    {
        // The lines are looked at after the host has ended.
    }
}
