namespace Microsoft.Azure.Functions.Worker;

public class ScheduleStatus
{
    public ScheduleStatus()
    {
    }

    /// <summary>The occurrence before the current one.</summary>
    public DateTime Last { get; set; }

    /// <summary>The occurrence after the current one.</summary>
    public DateTime Next { get; set; }

    public DateTime LastUpdated { get; set; }
}
