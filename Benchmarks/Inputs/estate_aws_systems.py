"""Bodies of buckets, machines, networks, databases, logs and trails."""

from estate_base import FILLER_KEY, mix, usually
from estate_aws_access import public_access_block, resource_policy


def security_group(estate, kind, place, r):
    ingress = []
    for _ in range(int(r.random() * 7)):
        protocol = usually(r, 0.85, "tcp", "udp", "-1")
        rule = {"IpProtocol": protocol, "Description": "application traffic"}
        if protocol != "-1":
            rule["FromPort"] = r.choice((22, 80, 443, 443, 443, 1433, 3306, 3389, 5432, 8080))
            rule["ToPort"] = rule["FromPort"] + (0 if r.random() < 0.9 else 20)
        if r.random() < 0.9:
            rule["CidrIp"] = usually(r, 0.85, "10.%d.0.0/16" % r.randint(0, 255), "0.0.0.0/0", "203.0.113.0/24")
        else:
            rule["CidrIpv6"] = usually(r, 0.6, "2001:db8::/32", "::/0")
        ingress.append(rule)
    return {
        "GroupId": "sg-" + place.name,
        "GroupName": usually(r, 0.9, "app-%d" % place.ordinal, "default"),
        "GroupDescription": "tier",
        FILLER_KEY: 0,
        "VpcId": estate.aws_peer(r, "AWS::EC2::VPC", place).name,
        "SecurityGroupIngress": ingress,
        "SecurityGroupEgress": [{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}] if r.random() < 0.9 else [],
    }


def instance(estate, kind, place, r):
    body = {
        "InstanceId": place.name,
        "ImageId": "ami-%08x" % mix(place.id),
        "InstanceType": usually(r, 0.5, "m7g.large", "t3.small", "r7i.2xlarge"),
        "SubnetId": estate.aws_peer(r, "AWS::EC2::Subnet", place).name,
        FILLER_KEY: 0,
    }
    if r.random() < 0.8:
        body["MetadataOptions"] = {
            "HttpTokens": usually(r, 0.8, "required", "optional"),
            "HttpEndpoint": usually(r, 0.93, "enabled", "disabled"),
            "HttpPutResponseHopLimit": 1,
        }
    elif r.random() < 0.6:
        body["LaunchTemplate"] = {
            "LaunchTemplateId": estate.aws_peer(r, "AWS::EC2::LaunchTemplate", place).name,
            "Version": "1",
        }
    body["BlockDeviceMappings"] = [
        {
            "DeviceName": "/dev/xvda",
            "Ebs": {"VolumeId": estate.aws_peer(r, "AWS::EC2::Volume", place).name, "DeleteOnTermination": True},
        }
    ]
    body["Monitoring"] = r.random() < 0.5
    return body


def launch_template(estate, kind, place, r):
    data = {"ImageId": "ami-%08x" % mix(place.id), "InstanceType": "m7g.large"}
    if r.random() < 0.8:
        data["MetadataOptions"] = {"HttpTokens": usually(r, 0.75, "required", "optional"), "HttpEndpoint": "enabled"}
    return {
        "LaunchTemplateId": place.name,
        "LaunchTemplateName": "template-%d" % place.ordinal,
        FILLER_KEY: 0,
        "LaunchTemplateData": data,
    }


def volume(estate, kind, place, r):
    body = {
        "VolumeId": place.name,
        "AvailabilityZone": (place.region or "") + "a",
        FILLER_KEY: 0,
        "Size": r.choice((8, 20, 100, 500)),
        "VolumeType": "gp3",
        "Iops": 3000,
        "Throughput": 125,
    }
    if r.random() < 0.97:
        body["Encrypted"] = r.random() < 0.88
        if body["Encrypted"]:
            body["KmsKeyId"] = estate.aws_peer(r, "AWS::KMS::Key", place).id
    return body


def vpc(estate, kind, place, r):
    return {
        "VpcId": place.name,
        "CidrBlock": "10.%d.0.0/16" % (place.ordinal % 256),
        "InstanceTenancy": "default",
        FILLER_KEY: 0,
        "IsDefault": r.random() < 0.1,
    }


def vpc_flow_log(estate, kind, place, r):
    return {
        "Id": place.name,
        "ResourceId": estate.aws_peer(r, "AWS::EC2::VPC", place).name,
        "ResourceType": "VPC",
        FILLER_KEY: 0,
        "TrafficType": usually(r, 0.75, "ALL", "REJECT", "ACCEPT"),
        "LogDestinationType": "s3",
    }


def subnet(estate, kind, place, r):
    return {
        "SubnetId": place.name,
        "VpcId": estate.aws_peer(r, "AWS::EC2::VPC", place).name,
        "CidrBlock": "10.0.%d.0/24" % (place.ordinal % 256),
        FILLER_KEY: 0,
        "MapPublicIpOnLaunch": r.random() < 0.2,
    }


def function(estate, kind, place, r):
    variables = {"STAGE": "bench", "TABLE": "records"}
    if r.random() < 0.05:
        variables["API_KEY"] = {"$redacted": {"kind": "secret/apiKey", "mac": "%032x" % mix(place.id)}}
    return {
        "FunctionName": place.name,
        "Runtime": usually(r, 0.7, "python3.12", "nodejs16.x", "java21"),
        "Handler": "main.handler",
        FILLER_KEY: 0,
        "Timeout": 30,
        "MemorySize": 512,
        "Environment": {"Variables": variables},
        "Role": estate.aws_peer(r, "AWS::IAM::Role", place).id,
    }


def listener(estate, kind, place, r):
    protocol = usually(r, 0.75, "HTTPS", "HTTP", "TCP")
    action = (
        {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}}
        if protocol == "HTTP" and r.random() < 0.7
        else {"Type": "forward", "TargetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/x"}
    )
    body = {"ListenerArn": place.id, "Port": 443, "Protocol": protocol, FILLER_KEY: 0, "DefaultActions": [action]}
    if protocol == "HTTPS":
        body["SslPolicy"] = usually(
            r,
            0.8,
            "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "ELBSecurityPolicy-2016-08",
            "ELBSecurityPolicy-TLS-1-1-2017-01",
        )
    return body


def classic_balancer(estate, kind, place, r):
    return {
        "LoadBalancerName": place.name,
        FILLER_KEY: 0,
        "Listeners": [
            {"LoadBalancerPort": "443", "InstancePort": "8080", "Protocol": usually(r, 0.7, "HTTPS", "HTTP", "ssl")}
            for _ in range(r.randint(1, 3))
        ],
    }


def task_definition(estate, kind, place, r):
    containers = []
    for k in range(r.randint(1, 3)):
        environment = [{"Name": "STAGE", "Value": "bench"}]
        if r.random() < 0.04:
            environment.append(
                {
                    "Name": "DB_PASSWORD",
                    "Value": {"$redacted": {"kind": "secret/password", "mac": "%032x" % mix(place.id, k)}},
                }
            )
        containers.append(
            {"Name": "c%d" % k, "Image": "registry.example/app:1", "Essential": True, "Environment": environment}
        )
    return {"Family": place.name, FILLER_KEY: 0, "ContainerDefinitions": containers, "Cpu": "256", "Memory": "512"}


def build_project(estate, kind, place, r):
    variables = [{"Name": "STAGE", "Type": "PLAINTEXT", "Value": "bench"}]
    if r.random() < 0.1:
        variables.append(
            {
                "Name": usually(r, 0.5, "AWS_ACCESS_KEY_ID", "TOKEN"),
                "Type": usually(r, 0.5, "PLAINTEXT", "PARAMETER_STORE"),
                "Value": "parameter",
            }
        )
    return {
        "Name": place.name,
        FILLER_KEY: 0,
        "Environment": {
            "Type": "LINUX_CONTAINER",
            "Image": "aws/codebuild/standard:7.0",
            "EnvironmentVariables": variables,
        },
    }


def trail(estate, kind, place, r):
    body = {
        "TrailName": place.name,
        "S3BucketName": estate.aws_peer(r, "AWS::S3::Bucket", place).name,
        "IsLogging": r.random() < 0.93,
        "IsMultiRegionTrail": r.random() < 0.85,
        "IsOrganizationTrail": r.random() < 0.1,
        "IncludeGlobalServiceEvents": True,
        FILLER_KEY: 0,
        "EnableLogFileValidation": r.random() < 0.8,
    }
    if r.random() < 0.75:
        body["KMSKeyId"] = estate.aws_peer(r, "AWS::KMS::Key", place).id
    if r.random() < 0.7:
        body["CloudWatchLogsLogGroupArn"] = estate.aws_peer(r, "AWS::Logs::LogGroup", place).id
    body["EventSelectors"] = [
        {
            "ReadWriteType": usually(r, 0.8, "All", "WriteOnly"),
            "IncludeManagementEvents": True,
            "ExcludeManagementEventSources": [],
            "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}] if r.random() < 0.5 else [],
        }
    ]
    return body


def recorder(estate, kind, place, r):
    return {
        "Name": "default",
        "RoleARN": "arn:aws:iam::%s:role/config" % estate.account(place.home),
        FILLER_KEY: 0,
        "RecordingGroup": {"AllSupported": r.random() < 0.9, "IncludeGlobalResourceTypes": False, "ResourceTypes": []},
        "Recording": r.random() < 0.93,
    }


def detector(estate, kind, place, r):
    return {"Id": place.name, "Enable": r.random() < 0.9, FILLER_KEY: 0, "FindingPublishingFrequency": "SIX_HOURS"}


def log_group(estate, kind, place, r):
    body = {"LogGroupName": place.name, "LogGroupClass": "STANDARD", FILLER_KEY: 0, "StoredBytes": r.getrandbits(30)}
    if r.random() < 0.75:
        body["RetentionInDays"] = usually(r, 0.6, 365, 30, 90, 7, 2192)
    if r.random() < 0.6:
        body["KmsKeyId"] = estate.aws_peer(r, "AWS::KMS::Key", place).id
    return body


def db_instance(estate, kind, place, r):
    engine = usually(r, 0.6, "postgres", "mysql", "aurora-postgresql", "sqlserver-se")
    body = {
        "DBInstanceIdentifier": place.name,
        "Engine": engine,
        "EngineVersion": "16.3",
        FILLER_KEY: 0,
        "BackupRetentionPeriod": usually(r, 0.75, 14, 0, 1, 7),
        "MultiAZ": r.random() < 0.5,
        "PubliclyAccessible": r.random() < 0.07,
        "StorageEncrypted": r.random() < 0.9,
        "EnableCloudwatchLogsExports": ["postgresql"] if r.random() < 0.7 else [],
        "DBSubnetGroupName": "default",
    }
    if engine.startswith("aurora"):
        body["DBClusterIdentifier"] = estate.aws_peer(r, "AWS::RDS::DBCluster", place).name
    return body


def db_cluster(estate, kind, place, r):
    body = {
        "DBClusterIdentifier": place.name,
        "Engine": "aurora-postgresql",
        FILLER_KEY: 0,
        "StorageEncrypted": r.random() < 0.9,
    }
    if r.random() < 0.1:
        body["SnapshotIdentifier"] = "snapshot-%d" % place.ordinal
    return body


def db_parameter_group(estate, kind, place, r):
    parameters = (
        {"rds.force_ssl": usually(r, 0.8, "1", "0")}
        if r.random() < 0.6
        else {"require_secure_transport": usually(r, 0.7, "ON", "0")}
    )
    return {
        "DBParameterGroupName": place.name,
        "Family": usually(r, 0.5, "postgres16", "postgres14", "mysql8.0", "mariadb10.11"),
        FILLER_KEY: 0,
        "Parameters": parameters,
    }


def bucket(estate, kind, place, r):
    body = {"BucketName": place.name}
    default = {"SSEAlgorithm": "AES256"}
    if r.random() < 0.55:
        default = {"SSEAlgorithm": usually(r, 0.95, "aws:kms", "aws:kms:dsse")}
        if r.random() < 0.85:
            default["KMSMasterKeyID"] = usually(r, 0.9, estate.aws_peer(r, "AWS::KMS::Key", place).id, "alias/aws/s3")
    if r.random() < 0.96:
        body["BucketEncryption"] = {
            "ServerSideEncryptionConfiguration": [{"BucketKeyEnabled": True, "ServerSideEncryptionByDefault": default}]
        }
    body["PublicAccessBlockConfiguration"] = public_access_block(r)
    if r.random() < 0.8:
        body["VersioningConfiguration"] = {"Status": usually(r, 0.9, "Enabled", "Suspended")}
    body[FILLER_KEY] = 0
    if r.random() < 0.7:
        body["LoggingConfiguration"] = {
            "DestinationBucketName": estate.aws_peer(r, kind.type, place).name,
            "LogFilePrefix": "access/",
        }
    if r.random() < 0.3:
        body["ObjectLockConfiguration"] = {
            "ObjectLockEnabled": "Enabled",
            "Rule": {
                "DefaultRetention": usually(
                    r,
                    0.6,
                    {"Mode": "COMPLIANCE", "Days": r.choice((30, 90, 365, 2192))},
                    {"Mode": "GOVERNANCE", "Years": 1},
                )
            },
        }
    if r.random() < 0.6:
        body["LifecycleConfiguration"] = {
            "Rules": [
                {
                    "Id": "rule-%d" % k,
                    "Status": usually(r, 0.85, "Enabled", "Disabled"),
                    "ExpirationInDays": r.choice((30, 90, 365, 2555)),
                }
                for k in range(r.randint(1, 3))
            ]
        }
    if r.random() < 0.2:
        body["AccessControl"] = usually(r, 0.8, "Private", "PublicRead", "LogDeliveryWrite", "AuthenticatedRead")
    return body


def bucket_policy(estate, kind, place, r):
    target = estate.place("AWS::S3::Bucket", place.ordinal)
    document = resource_policy(r, 2)
    if r.random() < 0.8:
        document["Statement"].append(
            {
                "Sid": "Transport",
                "Effect": "Deny",
                "Principal": "*",
                "Action": "s3:*",
                "Resource": [target.id, target.id + "/*"],
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        )
    return {"Bucket": target.name, FILLER_KEY: 0, "PolicyDocument": document}
