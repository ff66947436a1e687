namespace ProductVideo.Data;

/// <summary>A provider's task can make the clip of one generation only.</summary>
internal sealed class TaskTakenException(string message, Exception? inner = null) : Exception(message, inner);
