using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace Navi.Platform.Telemetry.Errors;

/// <summary>The code by which the cause of an exception names itself.</summary>
internal static class ErrorCodes
{
    public static string? Of(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case PostgresException refused:
                    return refused.SqlState;
                case SocketException socket:
                    return socket.SocketErrorCode.ToString();
                case HttpRequestException { StatusCode: { } status }:
                    return ((int)status).ToString(CultureInfo.InvariantCulture);
                default:
                    break;
            }
        }
        return null;
    }
}
